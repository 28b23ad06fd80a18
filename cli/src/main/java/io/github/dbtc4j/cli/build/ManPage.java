package io.github.dbtc4j.cli.build;

import io.github.dbtc4j.cli.CommandGroups;
import io.github.dbtc4j.cli.Commands;
import io.github.dbtc4j.cli.session.Version;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.ProcessIo;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Prints the manual page `dbtc(1)`: what `--help` of each command says, in the language of
/// [man(7)](https://man7.org/linux/man-pages/man7/man.7.html).
final class ManPage {

    /// Which command has a description first, where two have the same.
    private final Map<String, String> firsts = new HashMap<>();

    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    static void main() throws Exception {
        var shell = ProcessIo.ofThisProcess();
        shell.out().print(text(Version.line()));
        shell.out().flush();
    }

    /// The page.
    ///
    /// @param version what its foot says
    static String text(String version) {
        var unattached =
                new ProcessIo(
                        Map.of(), InputStream.nullInputStream(), System.out, System.err, false);
        CommandLine dbtc = Commands.of(unattached);
        var man = new ManPage();
        man.page.append(".TH DBTC 1 \"\" \"").append(escaped(version)).append("\"\n");
        man.section("NAME");
        man.paragraph("dbtc - autoscaling CI for dbt platform (dbt Cloud) jobs");
        man.section("SYNOPSIS");
        man.line(".B dbtc");
        man.paragraph("COMMAND [OPTIONS]");
        man.section("DESCRIPTION");
        man.paragraph(
                "What a command found or did goes to standard output as JSON, everything else to"
                        + " standard error. Behind [env: ...] is the variable that gives an option"
                        + " where it is not among the arguments.");
        man.section("OPTIONS");
        man.paragraph("Every command takes these.");
        man.arguments(dbtc.getCommandSpec());
        for (CommandGroups group : CommandGroups.ALL) {
            man.section(group.heading());
            group.commands().forEach(name -> man.command(CommandGroups.find(dbtc, name)));
        }
        man.section("EXIT STATUS");
        ExitCode.list().forEach(man::item);
        return man.page.toString();
    }

    private void command(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        String name = spec.qualifiedName();
        String description = String.join(" ", spec.usageMessage().description());
        line(".SS " + escaped(name));
        String first = firsts.putIfAbsent(description, name);
        if (first != null) {
            paragraph("The same as " + first + ".");
            return;
        }
        paragraph(description);
        arguments(spec);
    }

    private void arguments(CommandSpec spec) {
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            item(parameter.paramLabel(), String.join(" ", parameter.description()));
        }
        for (OptionSpec option : spec.options()) {
            if (!option.inherited()) {
                item(names(option), String.join(" ", option.description()));
            }
        }
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", Arrays.asList(option.names()));
        if (option.negatable()) {
            names = names.replaceFirst("--", "--[no-]");
        }
        return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
    }

    private void section(String heading) {
        line(".SH \"" + escaped(heading) + "\"");
    }

    private void item(String term, String text) {
        line(".TP");
        line(".B " + escaped(term));
        paragraph(text);
    }

    private void paragraph(String text) {
        line(escaped(text.replace("%n", " ").replace("%%", "%")));
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    /// A backslash starts a request of roff, as do a dot and an apostrophe at the start of a line;
    /// a bare hyphen is one that no shell takes when it is copied.
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
