using Microsoft.Extensions.Configuration;

namespace DriverMonitor.Configuration;

/// <summary>A settings file that was read and found valid.</summary>
/// <param name="Source">The keys it sets, as the options' binder reads them.</param>
internal sealed record LoadedSettings<T>(T Settings, IConfiguration Source);
