using System.ComponentModel;
using System.Globalization;
using DriverMonitor.Core.Commands;

namespace DriverMonitor.RemoteCommands;

/// <summary>
/// One key of the fleet and what it may order: whoever steals the key of a receiver, which signs marks, must not be able to
/// erase.
/// </summary>
[TypeConverter(typeof(OldForm))]
internal sealed record FleetKeySettings
{
    /// <summary>PEM file of the public half, ECDSA P-256.</summary>
    public string File { get; init; } = "";

    /// <summary>Names of the orders that the key may sign, such as "hwm" and "resend".</summary>
    public string[] Orders { get; init; } = [];

    /// <summary>Written as a file name alone, before keys named their orders: it may sign every one.</summary>
    internal bool IsOldForm { get; private init; }

    internal IReadOnlySet<string> May => IsOldForm ? FleetCommand.Names.ToHashSet() : Orders.ToHashSet();

    /// <summary>What is wrong with it, in words; null where nothing is.</summary>
    internal string? Flaw() =>
        string.IsNullOrWhiteSpace(File) ? "names no File"
        : IsOldForm ? null
        : Orders.Length == 0 ? $"names no Orders; list those it may sign: {string.Join(", ", FleetCommand.Names)}"
        : Array.Find(Orders, order => !FleetCommand.Names.Contains(order)) is { } unknown
            ? $"may sign '{unknown}', which is no order. There are {string.Join(", ", FleetCommand.Names)}"
        : null;

    private sealed class OldForm : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            new FleetKeySettings { File = (string)value, IsOldForm = true };
    }
}
