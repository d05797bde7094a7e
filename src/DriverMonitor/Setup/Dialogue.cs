namespace DriverMonitor.Setup;

/// <summary>
/// Asks on a terminal, or reads the answers line by line from a file. An empty answer, or no more input, is the default.
/// </summary>
internal sealed class Dialogue(TextReader input, TextWriter output)
{
    /// <param name="problem">What is wrong with an answer, or null; the question is asked again while there is input.</param>
    /// <param name="mayBeEmpty">An empty answer is the default; else the question is asked again while there is input.</param>
    public string Prompt(string question, string byDefault, Func<string, string?>? problem = null, bool mayBeEmpty = true)
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

    /// <summary>One of several, by number; returns its index.</summary>
    /// <param name="byDefault">What an empty answer means; null where it means nothing and is asked again.</param>
    /// <returns>Null where there is no default and the input ends without an answer.</returns>
    public int? Choose(string question, IReadOnlyList<string> choices, int? byDefault)
    {
        for (var i = 0; i < choices.Count; i++) output.WriteLine($"  {i + 1}  {choices[i]}");
        var wrong = $"Give a number from 1 to {choices.Count}.";
        var usual = byDefault is { } index ? $"{index + 1}" : "";
        var answer = Prompt(
            question, usual, answer => IsChoice(answer, choices.Count) ? null : wrong, mayBeEmpty: byDefault is not null);
        return answer.Length == 0 ? null : int.Parse(answer, System.Globalization.CultureInfo.InvariantCulture) - 1;
    }

    public bool Confirm(string question, bool byDefault) =>
        Prompt($"{question} (y/n)", byDefault ? "y" : "n", answer => answer is "y" or "n" ? null : "Answer y or n.") == "y";

    public void Print(string text) => output.WriteLine(text);

    private static bool IsChoice(string answer, int count) =>
        int.TryParse(
            answer, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= count;
}
