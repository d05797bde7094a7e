using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

/// <summary>What is given back after loading, and that nothing of it is missed.</summary>
public sealed class LoaderMemoryTests
{
    [Theory]
    [InlineData("7f00-8f00 r-xp 00001000 08:01 1234 /usr/lib/lib.so", 2048, 0, true)]
    [InlineData("7f00-8f00 r-xp 00001000 08:01 1234 /usr/lib/a name with spaces.so", 2048, 0, true)]
    [InlineData("7f00-8f00 r--s 00000000 08:01 1234 /usr/lib/metadata.dll", 2048, 0, true)]
    [InlineData("7f00-8f00 rw-s 00000000 08:01 1234 /dev/shm/shared", 2048, 0, false)]
    [InlineData("7f00-8f00 r-xp 00001000 08:01 1234 /usr/lib/patched.so", 2048, 4, false)]
    [InlineData("7f00-8f00 r-xp 00001000 08:01 1234 /usr/lib/small.so", 64, 0, false)]
    [InlineData("7f00-8f00 rw-p 00001000 08:01 1234 /usr/lib/data.so", 2048, 0, false)]
    [InlineData("7f00-8f00 r--p 00001000 08:01 1234 /usr/lib/relocated.so", 2048, 0, false)]
    [InlineData("7f00-8f00 rwxp 00001000 08:01 1234 /usr/lib/written.so", 2048, 0, false)]
    [InlineData("7f00-8f00 r-xp 00000000 00:00 0 ", 2048, 0, false)]
    [InlineData("7f00-8f00 r-xp 00000000 00:00 0 [vdso]", 2048, 0, false)]
    [InlineData("7f00 r-xp 00001000 08:01 1234 /usr/lib/cut.so", 2048, 0, false)]
    public void Only_code_that_nobody_changed_is_given_back(string mapping, int residentKiB, int dirtyKiB, bool isGivenBack)
    {
        string[] lines = [mapping, $"Rss:  {residentKiB} kB", $"Private_Dirty:  {dirtyKiB} kB", "VmFlags: rd ex mr mw me"];

        var found = ProgramCode.Untouched(lines);

        Assert.Equal(isGivenBack ? [(0x7f00, (nuint)0x1000)] : Array.Empty<(nint, nuint)>(), found);
    }

    [Fact]
    public void A_face_is_read_as_before()
    {
        using var frame = Pictures.Load(Pictures.Golden("astronaut_eileen_collins_nasa.png"));
        using var reader = new FaceReader(new VisionSettings(), default, TimeProvider.System);
        reader.Read(frame);
        var before = reader.Read(frame);

        LoaderMemory.Release();
        reader.Reset();
        reader.Read(frame);
        var after = reader.Read(frame);

        Assert.Equal((before.LeftEye, before.RightEye, before.Head), (after.LeftEye, after.RightEye, after.Head));
    }
}
