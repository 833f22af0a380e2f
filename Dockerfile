# One image per module: docker build --build-arg MODULE=dispatch-service -t aftertouch/dispatch-service .
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/var/cache/maven mvn -q -B -Dquick -DskipTests -Dmaven.repo.local=/var/cache/maven package
# Boot jars are taken apart, so that libraries and our own classes start faster; the sandbox brings its libraries beside it.
RUN for module in campaign-service enrollment-service dispatch-service analytics-service gateway; do \
      java -Djarmode=tools -jar $module/target/aftertouch-$module.jar extract --destination /applications/$module \
      && mv /applications/$module/aftertouch-$module.jar /applications/$module/application.jar || exit 1; \
    done \
    && mkdir -p /applications/provider-sandbox \
    && cp -r provider-sandbox/target/lib /applications/provider-sandbox/lib \
    && cp provider-sandbox/target/aftertouch-provider-sandbox.jar /applications/provider-sandbox/application.jar

FROM eclipse-temurin:25-jre
ARG MODULE
RUN useradd --system --uid 10001 --home-dir /application aftertouch \
    && mkdir -p /application /data && chown aftertouch /data
WORKDIR /application
COPY --from=build /applications/${MODULE} /application
COPY deploy/compose/is-ready /usr/local/bin/is-ready
USER aftertouch
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+UseCompactObjectHeaders", "-XX:+UseTransparentHugePages", "-XX:+ExitOnOutOfMemoryError", "-Duser.timezone=UTC", "-jar", "application.jar"]
