using DriverMonitor.Hosting;

namespace DriverMonitor.Voice;

/// <summary>Where the service listens.</summary>
/// <param name="Microphone">Null where the settings name none, or its model is broken.</param>
/// <param name="IsBroken">There is one, and the model that it needs cannot be used.</param>
internal sealed record VoiceInput(Microphone? Microphone, bool IsBroken = false);
