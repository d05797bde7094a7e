using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Rates;

/// <summary>Puts what is known of a vehicle into pieces of equal length. Times are Unix milliseconds.</summary>
internal sealed class Timeline
{
    private readonly Piece[] _pieces;

    public Timeline(long from, long to, int pieces)
    {
        (From, To) = (from, to);
        Width = Math.Max(1, (to - from + pieces - 1) / pieces);
        _pieces = new Piece[(to - from + Width - 1) / Width];
        for (var i = 0; i < _pieces.Length; i++) _pieces[i] = new();
    }

    public long From { get; }

    public long To { get; }

    /// <summary>Milliseconds of one piece.</summary>
    public long Width { get; }

    public IReadOnlyList<TimelinePiece> Pieces =>
    [
        .. _pieces.Select((piece, i) => new TimelinePiece(
            DateTimeOffset.FromUnixTimeMilliseconds(From + (i * Width)), piece.State, piece.Alerts, piece.TopLevel,
            piece.Disputed, piece.Lost)),
    ];

    /// <param name="at">Start of the piece that they lie in.</param>
    public void AddEvents(long at, EventType type, int level, int count)
    {
        if (At(at) is not { } piece) return;
        piece.IsHeard = true;
        if (type == EventType.Raised) piece.Alerts += count;
        if (type == EventType.Disputed) piece.Disputed += count;
        if (type is EventType.Raised or EventType.Escalated) piece.TopLevel = Math.Max(piece.TopLevel, level);
    }

    /// <summary>Something came from this time.</summary>
    public void AddHeard(long from, long to)
    {
        foreach (var piece in Between(from, to)) piece.IsHeard = true;
    }

    public void AddTrip(Trip trip)
    {
        foreach (var piece in Between(trip.From, trip.To)) piece.IsDriven = true;
    }

    public void AddGap(long from, long to, long lost)
    {
        foreach (var piece in Between(from, Math.Max(to, from + 1))) piece.IsGap = true;
        if (At(Math.Clamp(from, From, To - 1)) is { } first) first.Lost += lost;
    }

    private Piece? At(long at) => at >= From && at < To ? _pieces[(at - From) / Width] : null;

    private IEnumerable<Piece> Between(long from, long to)
    {
        for (var i = Math.Max(0, (from - From) / Width); i < _pieces.Length && From + (i * Width) < to; i++)
            yield return _pieces[i];
    }

    private sealed class Piece
    {
        public bool IsHeard { get; set; }

        public bool IsDriven { get; set; }

        public bool IsGap { get; set; }

        public int Alerts { get; set; }

        public int TopLevel { get; set; }

        public int Disputed { get; set; }

        public long Lost { get; set; }

        public string State => IsGap ? "gap" : IsDriven ? "driven" : IsHeard ? "heard" : "unknown";
    }
}

/// <summary>A piece of a vehicle's time.</summary>
/// <param name="State"><c>driven</c>, <c>heard</c> (something came, no drive is known), <c>gap</c> (events of it are lost) or
/// <c>unknown</c> (nothing came: parked, out of reach or lost).</param>
/// <param name="Alerts">Raised in it, without stress and anger.</param>
/// <param name="TopLevel">0 to 4.</param>
/// <param name="Lost">Events of the gap that begins here.</param>
internal sealed record TimelinePiece(DateTimeOffset From, string State, int Alerts, int TopLevel, int Disputed, long Lost);
