using Spectre.Console;

namespace DriverMonitor.Setup;

/// <summary>Asks on a terminal: lists to choose from by arrow keys, secrets that are not shown.</summary>
internal sealed class TerminalDialogue(IAnsiConsole console) : IDialogue
{
    public bool IsAttended => true;

    public string Prompt(string key, string question, string byDefault, Func<string, string?>? problem = null)
    {
        var prompt = new TextPrompt<string>(Markup.Escape(question)).AllowEmpty().Validate(Check(problem));
        if (byDefault.Length > 0) prompt.DefaultValue(byDefault);
        return console.Prompt(prompt).Trim();
    }

    public string Secret(string key, string question, Func<string, string?>? problem = null) =>
        console.Prompt(new TextPrompt<string>(Markup.Escape(question)).AllowEmpty().Secret().Validate(Check(problem))).Trim();

    public int? Choose(string key, string question, IReadOnlyList<Choice> choices, int? byDefault)
    {
        // What an empty answer means stands first, where the cursor is.
        var order = Enumerable.Range(0, choices.Count).OrderBy(index => index == byDefault ? 0 : 1);
        var chosen = console.Prompt(
            new SelectionPrompt<int>().Title(Markup.Escape(question)).PageSize(12).AddChoices(order)
                .UseConverter(index => Markup.Escape(choices[index].Words)));
        console.MarkupLine($"{Markup.Escape(question)}: [bold]{Markup.Escape(choices[chosen].Words)}[/]");
        return chosen;
    }

    public bool Confirm(string key, string question, bool byDefault) =>
        console.Prompt(new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = byDefault });

    public void Print(string text) => console.WriteLine(text);

    private static Func<string, ValidationResult> Check(Func<string, string?>? problem) => answer =>
        answer.Trim().Length > 0 && problem?.Invoke(answer.Trim()) is { } wrong
            ? ValidationResult.Error($"  [red]{Markup.Escape(wrong)}[/]")
            : ValidationResult.Success();
}
