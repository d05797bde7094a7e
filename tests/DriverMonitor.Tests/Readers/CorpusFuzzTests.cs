using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Readers;

/// <summary>
/// Inputs that once led a reader somewhere new are kept in tests/corpora and read again in every run. The long form
/// (tests/long/fuzz.sh) goes on from them for as long as it is told, and keeps what is new.
/// </summary>
public sealed class CorpusFuzzTests : IDisposable
{
    /// <summary>Of one reader: what says something new after so many is mostly another order of the same words.</summary>
    private const int MostKept = 60;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("corpus").FullName;

    private static string Corpora => Environment.GetEnvironmentVariable("DRIVERMONITOR_CORPORA") ?? SourceTree.Path("tests", "corpora");

    public static TheoryData<string> Readers => new(FuzzTarget.All("/nowhere/input.dat").Keys);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Readers))]
    public void What_was_kept_is_taken_or_refused_in_a_line(string reader)
    {
        var target = FuzzTarget.All(Path.Combine(_folder, "input.dat"))[reader];
        var kept = Kept(reader).ToList();

        Assert.NotEmpty(kept);
        foreach (var (file, bytes) in kept) Assert.True(Record.Exception(() => target.Try(bytes)) is null, file);
    }

    [Fact]
    public void Something_new_is_looked_for_as_long_as_is_asked()
    {
        if (Environment.GetEnvironmentVariable("DRIVERMONITOR_FUZZ_MINUTES") is not { } minutes) return;
        var (all, failures) = (FuzzTarget.All(Path.Combine(_folder, "input.dat")).Values.Select(one => new Search(one)).ToList(), new List<string>());
        var end = Stopwatch.StartNew();
        while (end.Elapsed < TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)))
        {
            foreach (var search in all) failures.AddRange(search.Go(Turn));
            File.WriteAllLines(Path.Combine(Corpora, "counts.txt"), all.Select(search => search.Count()));
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Take(5)));
    }

    private static IEnumerable<(string File, byte[] Bytes)> Kept(string reader)
    {
        var folder = Path.Combine(Corpora, reader);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order().Select(file => (file, File.ReadAllBytes(file))) : [];
    }

    /// <summary>One reader's inputs: those that led to something new are changed further.</summary>
    private sealed class Search
    {
        private readonly FuzzTarget _target;
        private readonly Random _random;
        private readonly List<byte[]> _inputs;
        private readonly HashSet<string> _outcomes = [];
        private long _tried;
        private int _failed, _slow;

        public Search(FuzzTarget target)
        {
            (_target, _random) = (target, new(Environment.TickCount ^ target.Name.Length));
            _inputs = [target.Seed, .. Kept(target.Name).Select(one => one.Bytes)];
            _outcomes = [.. _inputs.Select(target.Try)];
            if (_inputs.Count == 1) Keep(target.Seed);
        }

        public string Count() => string.Create(
            CultureInfo.InvariantCulture, $"{_target.Name}\t{_tried} inputs\t{_outcomes.Count} outcomes\t{_inputs.Count} kept\t{_failed} failures");

        /// <returns>What no reader may do, with the input.</returns>
        public IEnumerable<string> Go(TimeSpan turn)
        {
            var began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < turn && _failed < 5)
            {
                var input = Change();
                _tried++;
                if (Try(input) is { } failure) yield return $"{_target.Name}: {failure}\n{Convert.ToBase64String(input)}";
            }
        }

        private string? Try(byte[] input)
        {
            try
            {
                if (!_outcomes.Add(_target.Try(input))) return null;
            }
            // A busy machine is no fault of the reader's, once.
            catch (TimeoutException) when (_slow++ == 0)
            {
                return null;
            }
#pragma warning disable CA1031 // what is caught here is what is looked for
            catch (Exception e)
            {
                _failed++;
                Keep(input);
                return e.ToString();
            }
#pragma warning restore CA1031

            if (_inputs.Count >= MostKept) return null;
            _inputs.Add(input);
            Keep(input);
            return null;
        }

        private void Keep(byte[] input)
        {
            var folder = Directory.CreateDirectory(Path.Combine(Corpora, _target.Name)).FullName;
            File.WriteAllBytes(Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(input))[..12]), input);
        }

        private byte[] Change()
        {
            var input = _inputs[_random.Next(_inputs.Count)].ToList();
            for (var changes = _random.Next(1, 5); changes > 0; changes--)
            {
                var at = _random.Next(input.Count + 1);
                var left = input.Count - at;
                switch (_random.Next(7))
                {
                    case 0 when left > 0: input[at] = (byte)_random.Next(256); break;
                    case 1 when left > 0: input[at] ^= (byte)(1 << _random.Next(8)); break;
                    case 2: input.RemoveRange(at, Math.Min(left, _random.Next(1, 30))); break;
                    case 3: input.InsertRange(at, input.GetRange(at, Math.Min(left, _random.Next(1, 60)))); break;
                    case 4: input.InsertRange(at, Edge()); break;
                    case 5: input.InsertRange(at, Piece()); break;
                    default: input.RemoveRange(at, _random.Next(4) == 0 ? left : 0); break;
                }
            }

            return input.Count <= 8192 ? [.. input] : [.. input.Take(8192)];
        }

        private byte[] Edge() => System.Text.Encoding.UTF8.GetBytes(EdgeJson.Tokens[_random.Next(EdgeJson.Tokens.Length)]);

        private byte[] Piece()
        {
            var other = _inputs[_random.Next(_inputs.Count)];
            var from = _random.Next(other.Length + 1);
            return other[from..Math.Min(other.Length, from + _random.Next(1, 80))];
        }
    }
}
