using System.Collections.Immutable;

namespace DriverMonitor.Core.Commands;

/// <summary>The one answer to an order.</summary>
/// <param name="Id">The order's; empty where it could not be read.</param>
/// <param name="Name">The order's name; the last part of the topic it came on where it could not be read.</param>
/// <param name="Ok">Whether it was obeyed.</param>
/// <param name="Reason">Why not, by one of the names of <see cref="OrderRefusals"/>; null if it was.</param>
/// <param name="Detail">The field or setting that was wrong, or what was done, in a few words; nothing personal.</param>
public sealed record CommandAnswer(string Id, string Name, bool Ok, string? Reason = null, string? Detail = null)
{
    /// <summary>The findings of <c>locate-fault</c>, a line each.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <summary>The sealed bundle of <c>export</c>, where it may leave the vehicle and fits.</summary>
    public string? Bundle { get; init; }

    /// <summary>The order had been answered before and was not obeyed again.</summary>
    public bool IsRepeated { get; init; }

    public static CommandAnswer Done(SignedCommand order, string? detail = null) =>
        new(order.Id, order.Order.Name, Ok: true, Detail: detail);

    public static CommandAnswer Refused(string id, string name, CommandRefusal refusal, string? detail = null) =>
        new(id, name, Ok: false, OrderRefusals.NameOf(refusal), detail);

    public static CommandAnswer Refused(SignedCommand order, CommandRefusal refusal, string? detail = null) =>
        Refused(order.Id, order.Order.Name, refusal, detail);
}
