using System.Globalization;
using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Files;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;

namespace DriverMonitor.Cli;

/// <summary>What a replay reads.</summary>
internal static class ReplayInputs
{
    /// <summary>Asks of each whether it may be opened at all.</summary>
    /// <exception cref="InputException">One may not.</exception>
    /// <exception cref="UsageException">The speed is a number that no vehicle has.</exception>
    public static void Require(string? input, string? heart, string? speed, string? config, string? voice = null)
    {
        // A recording may be named by the beginning of its files, which is no file itself.
        if (input is not null && (FileStatus.Of(input, out _) is not null || !Recordings.IsNameOfParts(input)))
            InputFile.Require("Input", input, mayBeFolder: true);
        if (heart is not null) InputFile.Require("Heart file", heart);
        if (voice is not null) InputFile.Require("Sound file", voice);
        if (speed is not null && !IsSpeed(speed, out _)) RequireSpeed(speed);
        if (config is not null && InputFile.Fault(config) is { } fault)
            throw new ConfigurationException(
                $"Settings file {config} {fault}. Name another one with --config, or leave it out for the defaults.");
    }

    private static void RequireSpeed(string speed)
    {
        if (double.TryParse(speed, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && !File.Exists(speed))
            throw new UsageException($"--speed {ShownText.Excerpt(speed)} is no speed. Give 0 to 499 km/h, or a file.");
        InputFile.Require("Speed file", speed);
    }

    /// <summary>Everything that is read, by the name under which the user knows it; an output may be none of them.</summary>
    private static IReadOnlyList<NamedPath> Read(string? input, string? heart, string? speed, string? config, string? voice)
    {
        var named = ReplayPaths.Named(
            ("the input", input),
            ("--heart", heart),
            ("--voice", voice),
            ("--speed", speed is null || IsSpeed(speed, out _) ? null : speed),
            ("--config", config),
            ("the service's settings file", MonitorOptions.InstalledFile),
            ("the program's own settings file", MonitorOptions.ShippedFile));
        return [.. named, .. FilesOf(input).Select(file => new NamedPath("a file of the input", file))];
    }

    /// <summary>No output may be one of these, nor anything that the service keeps.</summary>
    /// <exception cref="UsageException">One is.</exception>
    public static void Protect(
        string? input,
        string? heart,
        string? speed,
        string? config,
        IReadOnlyList<NamedPath> outputs,
        string? voice = null)
    {
        OutputGuard.Check(Read(input, heart, speed, config, voice), outputs);
        if (input is not null)
            OutputGuard.CheckFolder(input, IsReadFromFolder, outputs);
        if (outputs.Count > 0)
            OutputGuard.Check(KeptFiles.Of(config), [.. outputs.Where(output => !Directory.Exists(output.Path))]);
    }

    /// <summary>
    /// Of a folder its pictures and recordings, of the beginning of a drive's files these; a page beside them is no input.
    /// </summary>
    private static IReadOnlyList<string> FilesOf(string? input)
    {
        if (input is null || File.Exists(input)) return [];
        if (!Directory.Exists(input)) return Recordings.Find(input) ?? [];
        try
        {
            return [.. Directory.EnumerateFiles(input).Where(IsReadFromFolder)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"Folder {input} cannot be read: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Name another one.", e);
        }
    }

    private static bool IsReadFromFolder(string file) =>
        FolderCamera.IsPicture(file) || file.EndsWith(RecordingFormat.Extension, StringComparison.Ordinal);

    /// <summary>Whether a speed is given as a number.</summary>
    public static bool IsSpeed(string text, out double kmh) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out kmh) && kmh is >= 0 and < 500;
}
