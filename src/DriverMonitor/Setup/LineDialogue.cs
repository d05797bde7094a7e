using System.Globalization;

namespace DriverMonitor.Setup;

/// <summary>Reads the answers line by line from a pipe. An empty answer, or no more input, is the default.</summary>
internal sealed class LineDialogue(TextReader input, TextWriter output) : IDialogue
{
    public bool IsAttended => false;

    public string Prompt(string key, string question, string byDefault, Func<string, string?>? problem = null) =>
        Read(question, byDefault, problem, mayBeEmpty: true);

    public string Secret(string key, string question, Func<string, string?>? problem = null) =>
        Read(question, "", problem, mayBeEmpty: true);

    public int? Choose(string key, string question, IReadOnlyList<Choice> choices, int? byDefault)
    {
        for (var i = 0; i < choices.Count; i++) output.WriteLine($"  {i + 1}  {choices[i].Words}");
        var wrong = $"Give a number from 1 to {choices.Count}.";
        var usual = byDefault is { } index ? $"{index + 1}" : "";
        var answer = Read(
            question, usual, answer => IsChoice(answer, choices.Count) ? null : wrong, mayBeEmpty: byDefault is not null);
        return answer.Length == 0 ? null : int.Parse(answer, CultureInfo.InvariantCulture) - 1;
    }

    public bool Confirm(string key, string question, bool byDefault) =>
        Prompt(key, $"{question} (y/n)", byDefault ? "y" : "n", answer => answer is "y" or "n" ? null : "Answer y or n.") == "y";

    public void Print(string text) => output.WriteLine(text);

    private string Read(string question, string byDefault, Func<string, string?>? problem, bool mayBeEmpty)
    {
        while (true)
        {
            output.Write(byDefault.Length == 0 ? $"{question}: " : $"{question} [{byDefault}]: ");
            output.Flush();
            if (input.ReadLine() is not { } answer) return byDefault;
            answer = answer.Trim();
            if (answer.Length == 0 && mayBeEmpty) return byDefault;
            if (problem?.Invoke(answer) is not { } wrong) return answer;
            output.WriteLine($"  {wrong}");
        }
    }

    private static bool IsChoice(string answer, int count) =>
        int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= count;
}
