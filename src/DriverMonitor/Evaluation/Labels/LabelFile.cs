using System.Text.Json;
using System.Xml;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Files;

namespace DriverMonitor.Evaluation.Labels;

/// <summary>Reads labels, whatever wrote them; the form is told by the content. See docs/evaluation.md.</summary>
internal static class LabelFile
{
    /// <summary>More labels of one input are a mistake, or an attack.</summary>
    public const int MostLabels = 20_000;

    private const long LargestFile = 64L << 20;

    /// <exception cref="InputException">The file cannot be read, or says what nobody understands.</exception>
    public static IReadOnlyList<RawLabel> Read(LabelSource source)
    {
        var text = InputFile.ReadText("Label file", source.Path, largest: LargestFile).ReplaceLineEndings("\n");
        IReadOnlyList<RawLabel> labels;
        try
        {
            labels = [.. Parse(text, source).Take(MostLabels + 1)];
        }
        catch (Exception e)
            when (e is FormatException or XmlException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InputException($"Label file {source.Path}: {e.Message.TrimEnd('.')}. See docs/evaluation.md for the forms.", e);
        }

        if (labels.Count > MostLabels)
            throw new InputException($"Label file {source.Path} holds more than {MostLabels} labels. Split the input.");
        foreach (var label in labels)
        {
            if (!(label.From >= 0 && label.Until >= label.From && label.Until <= 1e9))
                throw new InputException(
                    $"Label file {source.Path}: '{ShownText.Excerpt(label.Word)}' from {label.From:R} to {label.Until:R} is no stretch of time.");
        }

        return labels;
    }

    /// <summary>The classes that the words of a file mean, without those that mean that nothing happens.</summary>
    /// <exception cref="InputException">A word means nothing.</exception>
    public static LabelClass? ClassOf(string word, LabelSource source)
    {
        if (source.Names.TryGetValue(word, out var other)) word = other;
        if (LabelNames.Parse(word) is { } known) return known;
        return LabelNames.IsIdle(word)
            ? null
            : throw new InputException(
                $"Label file {source.Path}: nobody knows what '{ShownText.Excerpt(word)}' means. Say it under \"names\" of the set, as a class or as \"none\".");
    }

    private static IEnumerable<RawLabel> Parse(string text, LabelSource source)
    {
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty) return [];
        return start[0] switch
        {
            '<' => XmlLabels.Parse(text, source.Tier),
            '{' => OpenLabels.Parse(text),
            _ => FlagLabels.IsFlags(text) ? FlagLabels.ParseDigits(text) : TableLabels.Parse(text, source.Tier),
        };
    }
}

/// <summary>A file of labels and how its words are meant.</summary>
/// <param name="Names">Words that the file uses, and the class each stands for.</param>
/// <param name="Tier">Only this tier or column; null for all.</param>
internal sealed record LabelSource(string Path, IReadOnlyDictionary<string, string> Names, string? Tier = null);
