using System.Text.Json;
using DriverMonitor.Configuration;
using DriverMonitor.Files;

namespace DriverMonitor.Setup;

/// <summary>
/// Answers that a fleet wrote beforehand, as one JSON object: the question's key, then the answer; what is not in it keeps its
/// default. A wrong or unknown answer ends the setup before anything is written.
/// </summary>
internal sealed class AnswerFile : IDialogue
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _path;
    private readonly TextWriter _output;
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal);

    /// <exception cref="InputException">It is missing or cannot be read.</exception>
    /// <exception cref="ConfigurationException">It holds something else, or two answers to a question.</exception>
    public AnswerFile(string path, TextWriter output)
    {
        (_path, _output) = (path, output);
        try
        {
            using var file = JsonDocument.Parse(StoredFile.ReadText(path));
            if (file.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("It is no object.");
            foreach (var answer in file.RootElement.EnumerateObject())
                if (!_answers.TryAdd(answer.Name, Text(answer.Value))) throw Fault(answer.Name, "it is answered twice.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Answers {path} cannot be read: {e.Message.TrimEnd('.')}. Name another file.", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ConfigurationException(
                $"Answers {path} cannot be used: {JsonFault.Words(e)}. Write one JSON object of texts, such as "
                + """{ "board": "Pi5", "broker": "none" }.""", e);
        }
    }

    public bool IsAttended => false;

    public string Prompt(string key, string question, string byDefault, Func<string, string?>? problem = null)
    {
        if (Take(key) is not { } answer) return byDefault;
        return problem?.Invoke(answer) is { } wrong ? throw Fault(key, wrong) : answer;
    }

    public string Secret(string key, string question, Func<string, string?>? problem = null)
    {
        if (_answers.ContainsKey(key) && OperatingSystem.IsLinux() && (File.GetUnixFileMode(_path) & Others) != 0)
            throw Fault(key, $"others may read this file. chmod 600 {_path}");
        return Prompt(key, question, "", problem);
    }

    public int? Choose(string key, string question, IReadOnlyList<Choice> choices, int? byDefault)
    {
        if (_asked.Contains(key)) throw Fault(key, "that answer was not confirmed. Give another one, or confirm it.");
        if (Take(key) is not { } answer) return byDefault;
        for (var i = 0; i < choices.Count; i++)
            if (string.Equals(choices[i].Name, answer, StringComparison.OrdinalIgnoreCase)) return i;
        throw Fault(key, $"'{ShownText.Excerpt(answer)}' is none of {string.Join(", ", choices.Select(choice => choice.Name))}.");
    }

    public bool Confirm(string key, string question, bool byDefault) => Take(key) switch
    {
        null => byDefault,
        "true" or "y" or "yes" => true,
        "false" or "n" or "no" => false,
        _ => throw Fault(key, "answer true or false."),
    };

    public void Print(string text) => _output.WriteLine(text);

    /// <summary>After the last question: an answer to none of them is a mistake.</summary>
    /// <exception cref="ConfigurationException">There is one.</exception>
    public void RequireAllUsed()
    {
        if (_answers.Keys.FirstOrDefault(key => !_asked.Contains(key)) is { } unused)
            throw Fault(unused, $"nothing asked for it. Asked were: {string.Join(", ", _asked)}.");
    }

    private string? Take(string key)
    {
        _asked.Add(key);
        return _answers.GetValueOrDefault(key)?.Trim() is { Length: > 0 } answer ? answer : null;
    }

    private ConfigurationException Fault(string key, string what) =>
        new($"Nothing was written. Answers {_path}, {ShownText.Excerpt(key)}: {what}");

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText().ToLowerInvariant(),
        JsonValueKind.Null => "",
        _ => throw new InvalidOperationException("An answer is a text, a number, true or false."),
    };
}
