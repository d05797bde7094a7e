namespace DriverMonitor.Configuration;

/// <summary>A settings file that was read and found valid.</summary>
/// <param name="Values">The keys it sets, by their whole path, as the options' binder reads them.</param>
/// <param name="Notice">One line about keys that live elsewhere now; null if all are where they belong.</param>
internal sealed record LoadedSettings<T>(T Settings, IReadOnlyDictionary<string, string?> Values, string? Notice);
