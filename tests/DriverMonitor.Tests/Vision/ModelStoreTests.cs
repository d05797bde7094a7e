using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

public sealed class ModelStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("models").FullName;

    public ModelStoreTests()
    {
        foreach (var file in Directory.EnumerateFiles(ModelStore.DefaultFolder()))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [PhoneModelFact]
    public void Every_shipped_model_is_the_one_the_manifest_names()
    {
        var store = new ModelStore(_folder);
        Assert.Equal(8, store.Models.Count);
        foreach (var model in store.Models) Assert.Equal(model.Bytes, store.Load(model).Length);
    }

    [PhoneModelTheory]
    [InlineData("x64")]
    [InlineData("arm64")]
    public void Every_architecture_has_each_network_once(string architecture)
    {
        var store = new ModelStore(_folder, architecture: architecture);

        Assert.Equal(
            [
                "face-detector", "face-detector-far", "face-mesh", "blendshapes", "expression", "palm-detector", "phone-detector",
                "speech",
            ],
            store.Models.Select(model => model.Name));
        Assert.Equal($"face_landmark_{architecture}.onnx", store.Entry("face-mesh").File);
        foreach (var model in store.Models) Assert.Equal(model.Bytes, store.Load(model).Length);
    }

    [Theory]
    [InlineData("missing", "cannot be read")]
    [InlineData("truncated", "instead of ")]
    [InlineData("one bit flipped", "was altered")]
    public void A_model_that_is_not_the_manifests_is_refused_in_one_line(string damage, string says)
    {
        var path = Path.Combine(_folder, new ModelStore(_folder).Entry("face-mesh").File);
        var bytes = File.ReadAllBytes(path);
        if (damage == "missing") File.Delete(path);
        if (damage == "truncated") File.WriteAllBytes(path, bytes[..^1000]);
        if (damage == "one bit flipped")
        {
            bytes[1_000_000] ^= 1;
            File.WriteAllBytes(path, bytes);
        }

        var error = Assert.Throws<ModelException>(() =>
        {
            using var reader = new FaceReader(new VisionSettings { ModelFolder = _folder }, default, TimeProvider.System);
        });

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("{ \"version\": 1", "is damaged")]
    [InlineData("{ \"version\": 1, \"models\": [], \"colour\": \"RGB\" }", "is damaged")]
    public void A_manifest_that_cannot_be_understood_is_refused_in_one_line(string? text, string says)
    {
        var path = Path.Combine(_folder, "manifest.json");
        File.Delete(path);
        if (text is not null) File.WriteAllText(path, text);

        var error = Assert.Throws<ModelException>(() => new ModelStore(_folder));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
