namespace DriverMonitor.Setup;

/// <summary>One of several answers.</summary>
/// <param name="Name">In a file of answers.</param>
/// <param name="Words">For who reads it.</param>
/// <param name="Rank">The higher, the further down a list to choose from shows it: what is rarely meant.</param>
internal readonly record struct Choice(string Name, string Words, int Rank = 0);

/// <summary>
/// Asks the installer: on a terminal, line by line where the answers come through a pipe, or from a file of answers. Each
/// question has a key, by which such a file names it.
/// </summary>
internal interface IDialogue
{
    /// <summary>Somebody sits there: parts may be tried between the questions.</summary>
    bool IsAttended { get; }

    /// <param name="problem">What is wrong with an answer, or null; a wrong one is asked again at once.</param>
    string Prompt(string key, string question, string byDefault, Func<string, string?>? problem = null);

    /// <summary>As <see cref="Prompt"/>, not shown while it is typed; empty for none.</summary>
    string Secret(string key, string question, Func<string, string?>? problem = null);

    /// <summary>The index of one of several.</summary>
    /// <param name="byDefault">What an empty answer means; null where it means nothing and is asked again.</param>
    /// <returns>Null where there is no default and the answers end.</returns>
    int? Choose(string key, string question, IReadOnlyList<Choice> choices, int? byDefault);

    bool Confirm(string key, string question, bool byDefault);

    void Print(string text);
}
