package io.github.dbtc4j.cli.help;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How the help of a command looks: options in groups, lines as wide as the terminal.
public final class HelpPage {

    /// How wide help is where no terminal shows it, such as in `docs/commands.md`.
    public static final int USUAL_WIDTH = 100;

    private static final int NARROWEST = 60;
    private static final int WIDEST = 120;

    private HelpPage() {}

    /// How wide help is on a terminal with so many columns.
    public static int width(int columns) {
        return Math.clamp(columns, NARROWEST, WIDEST);
    }

    /// Shapes the help of `command`, and of those below it.
    ///
    /// @param commands renders the list of commands of `command` itself
    /// @param exitCodes what `command` itself lists at its end
    public static void shape(
            CommandLine command, IHelpSectionRenderer commands, Map<String, String> exitCodes) {
        command.getSubcommands().values().forEach(HelpPage::shape);
        shape(command);
        Map<String, IHelpSectionRenderer> sections = command.getHelpSectionMap();
        sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, commands);
        sections.put(
                UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST,
                help -> "\nExit codes:\n" + table(exitCodes, width(help)));
        var order = new ArrayList<>(command.getHelpSectionKeys());
        order.remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
        order.add(
                order.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING),
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
        order.remove(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST);
        order.add(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST);
        command.setHelpSectionKeys(order);
    }

    private static void shape(CommandLine command) {
        command.getSubcommands().values().forEach(HelpPage::shape);
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.footer(usage.footer()) // with its own name in it
                .abbreviateSynopsis(true)
                .commandListHeading("");
        Map<String, IHelpSectionRenderer> sections = command.getHelpSectionMap();
        sections.put(
                UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                help ->
                        Wrapping.paragraphs(
                                List.of(help.commandSpec().usageMessage().description()),
                                width(help)));
        sections.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, HelpPage::parameters);
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpPage::options);
        sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpPage::commands);
        sections.put(
                UsageMessageSpec.SECTION_KEY_FOOTER,
                help -> String.join("\n", help.commandSpec().usageMessage().footer()) + "\n");
    }

    /// How wide `help` is to be.
    public static int width(Help help) {
        return help.commandSpec().usageMessage().width();
    }

    /// Names and texts side by side.
    public static String table(Map<String, String> rows, int width) {
        int names = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        return table(rows, names, width);
    }

    /// The same with a column of names so wide, as several tables may have it.
    public static String table(Map<String, String> rows, int names, int width) {
        String indent = "  ";
        var table = new NameTable();
        rows.forEach((name, text) -> table.add(indent + name, List.of(text)));
        return table.text(indent.length() + names, width);
    }

    private static String commands(Help help) {
        var table = new NameTable();
        help.commandSpec()
                .subcommands()
                .forEach((name, command) ->
                        table.add(
                                "  " + name,
                                List.of(command.getCommandSpec().usageMessage().description()[0])));
        String text = table.text(table.names(width(help)), width(help));
        return text.isEmpty() ? "" : "\nCommands:\n" + text;
    }

    private static String parameters(Help help) {
        var table = new NameTable();
        help.commandSpec()
                .positionalParameters()
                .forEach(parameter ->
                        table.add(
                                "      " + parameter.paramLabel(),
                                List.of(parameter.description())));
        return table.text(table.names(width(help)), width(help));
    }

    private static String options(Help help) {
        var groups = new EnumMap<OptionGroup, NameTable>(OptionGroup.class);
        help.commandSpec().options().stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .forEach(option ->
                        groups.computeIfAbsent(OptionGroup.of(option), _ -> new NameTable())
                                .add(names(option), List.of(option.description())));
        int names =
                groups.values().stream()
                        .mapToInt(table -> table.names(width(help)))
                        .max()
                        .orElse(0);
        var text = new StringBuilder();
        groups.forEach((group, table) ->
                text.append(group.heading().isEmpty() ? "" : "\n" + group.heading() + ":\n")
                        .append(table.text(names, width(help))));
        return text.toString();
    }

    /// ` -o, --output=FILE`.
    private static String names(OptionSpec option) {
        String shortest = option.shortestName();
        String longest = option.longestName();
        String label = option.paramLabel();
        return (shortest.equals(longest) ? "      " : "  " + shortest + ", ")
                + (option.negatable() ? longest.replaceFirst("--", "--[no-]") : longest)
                + (option.arity().max() == 0 ? "" : "=" + label)
                + (option.splitRegex().isEmpty() ? "" : "[,%s...]".formatted(label));
    }
}
