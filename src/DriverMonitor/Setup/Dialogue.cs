namespace DriverMonitor.Setup;

/// <summary>Asks on a terminal, or reads the answers line by line from a file. An empty answer, or no more input, is the default.</summary>
internal sealed class Dialogue(TextReader input, TextWriter output)
{
    /// <param name="problem">What is wrong with an answer, or null; the question is asked again while there is input.</param>
    public string Ask(string question, string byDefault, Func<string, string?>? problem = null)
    {
        while (true)
        {
            output.Write(byDefault.Length == 0 ? $"{question}: " : $"{question} [{byDefault}]: ");
            output.Flush();
            if (input.ReadLine() is not { } answer) return byDefault;
            answer = answer.Trim();
            if (answer.Length == 0) return byDefault;
            if (problem?.Invoke(answer) is not { } wrong) return answer;
            output.WriteLine($"  {wrong}");
        }
    }

    /// <summary>One of several, by number; returns its index.</summary>
    public int Choose(string question, IReadOnlyList<string> choices, int byDefault)
    {
        for (var i = 0; i < choices.Count; i++) output.WriteLine($"  {i + 1}  {choices[i]}");
        var answer = Ask(question, $"{byDefault + 1}", answer => IsChoice(answer, choices.Count) ? null : $"Give a number from 1 to {choices.Count}.");
        return int.Parse(answer, System.Globalization.CultureInfo.InvariantCulture) - 1;
    }

    public bool Confirm(string question, bool byDefault) =>
        Ask($"{question} (y/n)", byDefault ? "y" : "n", answer => answer is "y" or "n" ? null : "Answer y or n.") == "y";

    public void Say(string text) => output.WriteLine(text);

    private static bool IsChoice(string answer, int count) =>
        int.TryParse(answer, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= count;
}
