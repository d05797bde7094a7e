namespace DriverMonitor.Devices;

/// <summary>A part that can be bought and fitted.</summary>
internal enum DeviceKind
{
    /// <summary>Clock with a battery, kept within 2 ppm.</summary>
    Ds3231,

    /// <summary>Clock with a battery.</summary>
    Pcf8563,

    /// <summary>Light sensor.</summary>
    Bh1750,

    /// <summary>Light sensor.</summary>
    Tsl2561,

    /// <summary>Light sensor.</summary>
    Max44009,

    /// <summary>Carbon dioxide and temperature of the air.</summary>
    Scd4x,

    /// <summary>Carbon dioxide of the air, on a serial port.</summary>
    Mhz19b,

    /// <summary>Motion sensor.</summary>
    Mpu6886,

    /// <summary>Motion sensor, on SPI.</summary>
    Adxl345,

    /// <summary>Motion sensor.</summary>
    Bno055,

    /// <summary>Small display of 128 x 64 points.</summary>
    Ssd1306,

    /// <summary>Light ring or strip, on SPI.</summary>
    Ws2812b,

    /// <summary>Uninterruptible supply with a battery.</summary>
    PiJuice,
}
