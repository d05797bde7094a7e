namespace DriverMonitor.Core.Features;

/// <summary>
/// Which of a window's buckets is the newest. Time that goes back within the window stays in it; a window that lies wholly apart,
/// ahead or back, belongs to another time.
/// </summary>
/// <param name="count">Buckets in the window.</param>
internal struct BucketRing(int count)
{
    private long? _newest;

    /// <summary>Place of the newest bucket; 0 before the first.</summary>
    public readonly int Newest => Place(_newest ?? 0);

    /// <summary>Moves on to this bucket.</summary>
    /// <returns>How many buckets after the newest begin anew, from <see cref="Newest"/> backwards; all of them for another time.</returns>
    public int MoveTo(long number)
    {
        if (_newest is not { } newest || number - newest >= count || newest - number >= count)
        {
            _newest = number;
            return count;
        }

        if (number <= newest) return 0;
        _newest = number;
        return (int)(number - newest);
    }

    /// <summary>It has moved as far as this bucket.</summary>
    public readonly bool Reaches(long number) => number <= _newest;

    /// <summary>Place of an earlier bucket; null where it has left the window.</summary>
    public readonly int? Find(long number) =>
        _newest is { } newest && number <= newest && newest - number < count ? Place(number) : null;

    /// <summary>Place of the bucket so many before the newest.</summary>
    public readonly int Before(int steps) => Place((_newest ?? 0) - steps);

    public void Reset() => _newest = null;

    private readonly int Place(long number) => WholeUnits.Place(number, count);
}
