package dev.aftertouch.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.local.process.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class AftertouchTest {
  private static final Pattern EXPLAINED =
      Pattern.compile("^  ./aftertouch (\\w+)", Pattern.MULTILINE);

  @Test
  void explainsEveryCommandThatItHas() throws IOException {
    String page = Files.readString(ProjectRoot.find().resolve("local/src/main/resources/help.txt"));
    Set<String> explained =
        EXPLAINED
            .matcher(page)
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toSet());

    Set<String> commands =
        Aftertouch.commandLine().getSubcommands().entrySet().stream()
            .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
            .map(command -> command.getKey())
            .collect(Collectors.toSet());

    assertThat(explained).containsAll(commands);
    assertThat(commands)
        .containsAll(explained.stream().filter(name -> !name.equals("test")).toList());
  }

  @Test
  void leavesABenchmarksOptionsToTheBenchmark() {
    CommandLine commandLine = Aftertouch.commandLine();

    ParseResult parsed =
        commandLine.parseArgs("bench", "pipeline", "--json", "--touches=5").subcommand();

    assertThat(parsed.unmatched()).containsExactly("--json", "--touches=5");
  }
}
