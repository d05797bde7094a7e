namespace DriverMonitor.Gpio;

/// <summary>Something that can be heard. Failing hardware throws <see cref="IOException"/>.</summary>
internal interface IBuzzerDriver
{
    /// <param name="toneHz">Ignored by a buzzer with a tone of its own.</param>
    /// <param name="volume">Above 0 to 1; ignored likewise.</param>
    void Sound(int toneHz, double volume);

    void Silence();
}
