using System.Collections.Immutable;

namespace DriverMonitor.Core.Commands;

/// <summary>An order with what is needed to believe it.</summary>
/// <param name="Id">Chosen by the fleet, 1 to 64 of letters, digits and '-'; the answer carries it.</param>
/// <param name="To">The vehicle it is for: <c>tenant/vehicle</c>; without the tenant in orders of older fleets.</param>
/// <param name="Counter">From 1, strictly rising for each key: what protects a vehicle without a clock from replays.</param>
/// <param name="Expires">UTC, whole seconds; asked only where the vehicle's clock can be trusted.</param>
/// <param name="KeyId">Which key signed it.</param>
/// <param name="Canonical">The bytes that were signed; see <see cref="CommandText"/>.</param>
/// <param name="Signature">ECDSA over them with SHA-256, in DER, as OpenSSL writes it.</param>
public sealed record SignedCommand(
    string Id, string To, long Counter, DateTimeOffset Expires, string KeyId, FleetCommand Order,
    ImmutableArray<byte> Canonical, ImmutableArray<byte> Signature);
