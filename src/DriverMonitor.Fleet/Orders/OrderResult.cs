namespace DriverMonitor.Fleet.Orders;

/// <summary>What became of an order to one vehicle.</summary>
/// <param name="Id">Of the order, where there is one.</param>
internal readonly record struct OrderResult(OrderOutcome Outcome, string Id = "");

internal enum OrderOutcome
{
    /// <summary>It is a row; whether it left at once, the row says.</summary>
    Asked,

    /// <summary>This request was carried out before: nothing was sent again.</summary>
    Repeated,

    /// <summary>The same request asked for something else before.</summary>
    Contradicted,

    /// <summary>The vehicle was asked too often within a minute.</summary>
    Busy,

    /// <summary>The tenant has no such vehicle.</summary>
    Unknown,
}
