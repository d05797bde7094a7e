using Spectre.Console;

namespace DriverMonitor.Setup;

/// <summary>Asks on a terminal: lists to choose from by arrow keys, secrets that are not shown.</summary>
/// <param name="stop">Ends the question that stands with <see cref="OperationCanceledException"/>.</param>
internal sealed class TerminalDialogue(IAnsiConsole console, CancellationToken stop) : IDialogue
{
    public bool IsAttended => true;

    public string Prompt(string key, string question, string byDefault, Func<string, string?>? problem = null)
    {
        var prompt = new TextPrompt<string>(Markup.Escape(question)).AllowEmpty().Validate(Check(problem));
        if (byDefault.Length > 0) prompt.DefaultValue(byDefault);
        return Ask(prompt).Trim();
    }

    public string Secret(string key, string question, Func<string, string?>? problem = null) =>
        Ask(new TextPrompt<string>(Markup.Escape(question)).AllowEmpty().Secret().Validate(Check(problem))).Trim();

    public int? Choose(string key, string question, IReadOnlyList<Choice> choices, int? byDefault)
    {
        // What an empty answer means stands first, where the cursor is. Texts, for a prompt of numbers begins at its zero.
        var order = Enumerable.Range(0, choices.Count)
            .OrderBy(index => index == byDefault ? -1 : choices[index].Rank)
            .Select(index => choices[index].Words);
        var words = Ask(
            new SelectionPrompt<string>()
                .Title(Markup.Escape(question))
                .PageSize(12)
                .AddChoices(order)
                .UseConverter(Markup.Escape));
        console.MarkupLine($"{Markup.Escape(question)}: [bold]{Markup.Escape(words)}[/]");
        return choices.Select(choice => choice.Words).ToList().IndexOf(words);
    }

    public bool Confirm(string key, string question, bool byDefault) =>
        Ask(new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = byDefault });

    public void Print(string text) => console.WriteLine(text);

    /// <summary>A list that is broken off leaves the cursor hidden, and the line it stands in begun.</summary>
    private T Ask<T>(IPrompt<T> prompt)
    {
        try
        {
            return prompt.ShowAsync(console, stop).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            console.Cursor.Show();
            console.WriteLine();
            throw;
        }
    }

    private static Func<string, ValidationResult> Check(Func<string, string?>? problem) => answer =>
        answer.Trim().Length > 0 && problem?.Invoke(answer.Trim()) is { } wrong
            ? ValidationResult.Error($"  [red]{Markup.Escape(wrong)}[/]")
            : ValidationResult.Success();
}
