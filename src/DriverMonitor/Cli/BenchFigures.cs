using System.Text.Json;
using System.Text.Json.Serialization;
using DriverMonitor.Files;

namespace DriverMonitor.Cli;

/// <summary>
/// What a bench measured, to be kept and compared. Times in milliseconds of processor time a picture, unless said.
/// </summary>
internal sealed record BenchFigures
{
    public const int ThisVersion = 1;

    public int Version { get; init; } = ThisVersion;

    public required string Program { get; init; }

    /// <summary>Processor, kernel's word for it; nothing that names a device or its owner.</summary>
    public required string Board { get; init; }

    public required string Architecture { get; init; }

    public int Cores { get; init; }

    /// <summary>Name of the input, without its folder.</summary>
    public required string Input { get; init; }

    public long Pictures { get; init; }

    /// <summary>One for each pass.</summary>
    public required IReadOnlyList<BenchPass> Passes { get; init; }

    /// <summary>From one judged picture to the next while reading as fast as it can, wall time.</summary>
    public double WallP50 { get; init; }

    public double WallP99 { get; init; }

    /// <summary>Judging alone, microseconds a step.</summary>
    public double StepMicroseconds { get; init; }

    /// <summary>From the process's start to the first judged picture, seconds.</summary>
    public double FirstPictureSeconds { get; init; }

    /// <summary>Resident memory at the end and at its highest, MiB.</summary>
    public double ResidentMiB { get; init; }

    public double HighestMiB { get; init; }

    /// <summary>Methods that had to be compiled at run time.</summary>
    public long Compiled { get; init; }

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public void Write(Stream to) => JsonSerializer.Serialize(to, this, Written);

    /// <exception cref="InputException">It is no bench's file.</exception>
    public static BenchFigures Read(string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize<BenchFigures>(InputFile.ReadText("Bench", path, largest: 16 << 20), Written);
            return read is { Version: ThisVersion, Passes.Count: > 0 }
                ? read
                : throw new InputException($"Bench {path} is of another version or empty. Measure it again.");
        }
        catch (JsonException e)
        {
            throw new InputException($"Bench {path}: {JsonFault.Words(e)}. Give what 'bench --json' wrote.", e);
        }
    }
}

/// <summary>One pass over the input.</summary>
/// <param name="Original">
/// What the networks would take as their makers published them, each picture with a mesh and blendshapes where they are on, every
/// fifth with an expression; hands and phones are not in it. Null where those files are not at hand.
/// </param>
/// <param name="OriginalWithoutBlendshapes">Of it, mesh and expression.</param>
internal sealed record BenchPass(
    double PerSecond,
    double Cpu,
    double DecodeCpu,
    double Mesh,
    double Blendshapes,
    double Expression,
    double Detector,
    double Torso,
    long Allocated,
    double? Original,
    double? OriginalWithoutBlendshapes = null)
{
    [JsonIgnore]
    public double Inference => Mesh + Blendshapes + Expression + Detector + Torso;

    [JsonIgnore]
    public double Own => Cpu - DecodeCpu;
}
