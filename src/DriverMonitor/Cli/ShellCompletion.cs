using System.CommandLine;
using System.Text;

namespace DriverMonitor.Cli;

/// <summary>What lets a shell complete verbs, options and file names. Pure.</summary>
internal static class ShellCompletion
{
    public static readonly IReadOnlyList<string> Shells = ["bash", "zsh", "fish"];

    /// <param name="shell">One of <see cref="Shells"/>.</param>
    /// <param name="program">As it is typed.</param>
    public static string For(string shell, RootCommand root, string program = "drivermonitor") => shell switch
    {
        "bash" => Bash(CommandTree.Entries(root), program),
        "zsh" => Zsh(CommandTree.Entries(root), program),
        _ => Fish(CommandTree.Entries(root), program),
    };

    private static string Bash(IReadOnlyList<CommandEntry> entries, string program) => $$"""
        # Completes {{program}} in bash. Written by: {{program}} completion bash
        _{{program}}() {
          local path='' word i words=''
          for ((i = 1; i < COMP_CWORD; i++)); do
            word=${COMP_WORDS[i]}
            case "${path:+$path }$word" in
              {{Paths(entries)}}) path="${path:+$path }$word" ;;
            esac
          done
          case "$path" in
        {{Words(entries, "    ")}}
          esac
          mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
        }
        complete -o bashdefault -o default -F _{{program}} {{program}}

        """;

    private static string Zsh(IReadOnlyList<CommandEntry> entries, string program) => $$"""
        #compdef {{program}}
        # Completes {{program}} in zsh. Written by: {{program}} completion zsh
        local at='' word given=''
        for word in ${words[2,$((CURRENT - 1))]}; do
          case "${at:+$at }$word" in
            {{Paths(entries)}}) at="${at:+$at }$word" ;;
          esac
        done
        case "$at" in
        {{Words(entries, "  ").Replace("words=", "given=", StringComparison.Ordinal)}}
        esac
        compadd -- ${=given}
        _files

        """;

    private static string Fish(IReadOnlyList<CommandEntry> entries, string program)
    {
        var text = new StringBuilder($"# Completes {program} in fish. Written by: {program} completion fish\n");
        foreach (var entry in entries)
        {
            var where = Condition(entry);
            foreach (var below in entries.Where(one => IsBelow(one, entry)))
                text.Append($"complete -c {program} -n '{where}' -f -a {below.Path.Split(' ')[^1]} -d {Quoted(below.Description)}\n");
            foreach (var option in entry.Options)
                text.Append($"complete -c {program} -n '{where}' -l {option.Name[2..]}{(IsFlag(option) ? "" : " -r")} -d {Quoted(option.Description ?? "")}\n");
            text.Append($"complete -c {program} -n '{where}' -l help -d 'Explain it'\n");
        }

        return text.ToString();
    }

    private static string Condition(CommandEntry entry)
    {
        if (entry.Path.Length == 0) return "__fish_use_subcommand";
        var seen = string.Join("; and ", entry.Path.Split(' ').Select(verb => $"__fish_seen_subcommand_from {verb}"));
        return entry.Verbs.Count == 0 ? seen : $"{seen}; and not __fish_seen_subcommand_from {string.Join(' ', entry.Verbs)}";
    }

    private static bool IsBelow(CommandEntry one, CommandEntry entry) =>
        one.Path.Length > 0 && one.Path == (entry.Path.Length == 0 ? one.Path.Split(' ')[0] : $"{entry.Path} {one.Path.Split(' ')[^1]}");

    private static bool IsFlag(Option option) => option.ValueType == typeof(bool);

    private static string Paths(IReadOnlyList<CommandEntry> entries) =>
        string.Join('|', entries.Where(entry => entry.Path.Length > 0).Select(entry => $"'{entry.Path}'"));

    private static string Words(IReadOnlyList<CommandEntry> entries, string indent) =>
        string.Join('\n', entries.Select(entry =>
            $"{indent}'{entry.Path}') words='{string.Join(' ', entry.Verbs.Concat(CommandTree.OptionNames(entry)))}' ;;"));

    private static string Quoted(string text) => $"'{text.Replace("'", "\\'", StringComparison.Ordinal)}'";
}
