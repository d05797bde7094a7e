using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Faces;

/// <summary>Where a hand is, seen from the face.</summary>
public static class HandPlace
{
    /// <summary>Below it a palm is a sleeve or a headrest as often as a hand.</summary>
    private const double Sure = 0.6;

    private const double SmallestPalm = 0.35, LargestPalm = 1.1;

    // Beside the head from the brow to the jaw: 39 % of 87 pictures of calls, 2 to 4 % of others.
    private const double EarFrom = 0.4, EarTo = 1.1, AboveEyes = -0.2, Jaw = 1.1;

    // Where something is held to be read with the head up: from under the chin to the belt. Engineering judgement.
    private const double UnderChin = 0.9, Belt = 3.2, ChestHalf = 1.3;

    /// <summary>Score of the surest hand at an ear; 0 without one.</summary>
    public static double AtEar(in HandsReading hands) => Surest(hands, IsAtEar);

    /// <summary>Score of the surest hand before the chest; 0 without one.</summary>
    public static double BeforeChest(in HandsReading hands) => Surest(hands, IsBeforeChest);

    private static bool IsAtEar(HandReading hand) =>
        Math.Abs(hand.Aside) is >= EarFrom and <= EarTo && hand.Below is >= AboveEyes and <= Jaw;

    private static bool IsBeforeChest(HandReading hand) =>
        Math.Abs(hand.Aside) <= ChestHalf && hand.Below is > UnderChin and <= Belt;

    private static double Surest(in HandsReading hands, Func<HandReading, bool> isThere) =>
        Math.Max(Score(hands.First, isThere), Score(hands.Second, isThere));

    private static double Score(HandReading? hand, Func<HandReading, bool> isThere) =>
        hand is { Score: >= Sure, Size: >= SmallestPalm and <= LargestPalm } palm && isThere(palm) ? palm.Score : 0;
}
