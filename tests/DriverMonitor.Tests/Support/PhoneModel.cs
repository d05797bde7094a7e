using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Support;

/// <summary>A test that needs the phone detector, which <c>-p:PhoneModel=false</c> leaves out.</summary>
internal sealed class PhoneModelFactAttribute : FactAttribute
{
    public PhoneModelFactAttribute() => Skip = PhoneModel.SkipWithout;
}

/// <inheritdoc cref="PhoneModelFactAttribute"/>
internal sealed class PhoneModelTheoryAttribute : TheoryAttribute
{
    public PhoneModelTheoryAttribute() => Skip = PhoneModel.SkipWithout;
}

/// <summary>A test of the build without the phone detector; <c>tests/long/phone.sh</c> runs it.</summary>
internal sealed class NoPhoneModelFactAttribute : FactAttribute
{
    public NoPhoneModelFactAttribute()
    {
        if (TorsoModels.HasPhoneModel) Skip = "This build has the phone detector.";
    }
}

internal static class PhoneModel
{
    public static string? SkipWithout => TorsoModels.HasPhoneModel ? null : "This build is without the phone detector.";
}
