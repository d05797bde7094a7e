namespace DriverMonitor.Tests.Outbox;

/// <summary>
/// A disk as a power cut leaves it. What was synced is there. Of what was written since, each sector of 512 bytes is there or is
/// not, and so is each change of a length; of names changed since, the first so many are there, as a journal keeps them.
/// </summary>
internal sealed class CuttableDisk(string folder)
{
    private const int Sector = 512;

    private readonly List<DiskTrace> _unsyncedNames = [];
    private Dictionary<string, Contents> _names = [];
    private Dictionary<string, Contents> _syncedNames = [];

    public void Step(DiskTrace step)
    {
        switch (step)
        {
            case DiskTrace.Write write when Find(write.Path) is { } file: file.Unsynced.Add(write); break;
            case DiskTrace.Truncate truncate when Find(truncate.Path) is { } file: file.Unsynced.Add(truncate); break;
            case DiskTrace.Sync sync: Sync(sync.Path); break;
            case DiskTrace.Create or DiskTrace.Rename or DiskTrace.Unlink:
                if (step is DiskTrace.Create create && _names.ContainsKey(create.Path)) break;
                Change(_names, step, new());
                _unsyncedNames.Add(step);
                break;
        }
    }

    /// <summary>Writes into <paramref name="target"/> what is left after a cut now.</summary>
    public void Cut(string target, Random random)
    {
        var names = new Dictionary<string, Contents>(_syncedNames);
        foreach (var step in _unsyncedNames.Take(random.Next(_unsyncedNames.Count + 1)))
            Change(names, step, step is DiskTrace.Create create ? _names.GetValueOrDefault(create.Path) ?? new() : new());
        foreach (var (path, file) in names)
        {
            var left = Path.Combine(target, Path.GetRelativePath(folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(left)!);
            File.WriteAllBytes(left, file.After(random));
        }
    }

    private Contents? Find(string path) => _names.GetValueOrDefault(path);

    private void Sync(string path)
    {
        Find(path)?.Sync();
        _syncedNames = new(_names);
        _unsyncedNames.Clear();
    }

    private static void Change(Dictionary<string, Contents> names, DiskTrace step, Contents made)
    {
        switch (step)
        {
            case DiskTrace.Create create: names.TryAdd(create.Path, made); break;
            case DiskTrace.Unlink unlink: names.Remove(unlink.Path); break;
            case DiskTrace.Rename rename when names.Remove(rename.From, out var moved): names[rename.To] = moved; break;
        }
    }

    private sealed class Contents
    {
        private readonly Bytes _synced = new();

        public List<DiskTrace> Unsynced { get; } = [];

        public void Sync()
        {
            foreach (var step in Unsynced) _synced.Apply(step);
            Unsynced.Clear();
        }

        public byte[] After(Random random)
        {
            var left = new Bytes();
            left.Apply(new DiskTrace.Write("", 0, _synced.ToArray()));
            foreach (var step in Unsynced.SelectMany(Sectors))
            {
                if (random.Next(2) == 0) left.Apply(step);
            }

            return left.ToArray();
        }

        private static IEnumerable<DiskTrace> Sectors(DiskTrace step) => step is not DiskTrace.Write write
            ? [step]
            : write.Data.Chunk(Sector).Select((data, i) => new DiskTrace.Write(write.Path, write.Offset + i * Sector, data));
    }

    private sealed class Bytes
    {
        private byte[] _room = [];
        private int _length;

        public byte[] ToArray() => _room[.._length];

        public void Apply(DiskTrace step)
        {
            if (step is DiskTrace.Truncate truncate) SetLength((int)truncate.Length);
            if (step is not DiskTrace.Write write) return;
            SetLength(Math.Max(_length, (int)write.Offset + write.Data.Length));
            write.Data.CopyTo(_room, write.Offset);
        }

        private void SetLength(int length)
        {
            if (length < _length) Array.Clear(_room, length, _length - length);
            if (length > _room.Length) Array.Resize(ref _room, Math.Max(length, 2 * _room.Length));
            _length = length;
        }
    }
}
