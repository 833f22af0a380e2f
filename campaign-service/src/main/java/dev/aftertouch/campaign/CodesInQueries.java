package dev.aftertouch.campaign;

import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.format.FormatterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads an enum's code in a query, such as {@code status=active}. */
@Component
@SuppressWarnings("rawtypes")
class CodesInQueries implements WebMvcConfigurer, ConverterFactory<String, Enum> {
  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverterFactory(this);
  }

  @Override
  public <T extends Enum> Converter<String, T> getConverter(Class<T> type) {
    return code -> of(type, code);
  }

  @SuppressWarnings("unchecked") // the type is an enum
  private static <T extends Enum> T of(Class<T> type, String code) {
    return (T) Enum.valueOf(type, code.strip().toUpperCase(Locale.ROOT));
  }
}
