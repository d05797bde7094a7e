using System.Runtime.Versioning;
using System.Security.Cryptography;
using DriverMonitor.Configuration;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

/// <summary>Whoever can write the models folder can write its manifest: only this version's own or a signed one is run.</summary>
[SupportedOSPlatform("linux")]
public sealed class ManifestTrustTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("trust").FullName;
    private readonly ECDsa _ours = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ManifestTrustTests()
    {
        Directory.CreateDirectory(Models);
        Directory.CreateDirectory(State);
        foreach (var file in Directory.EnumerateFiles(ModelStore.DefaultFolder()))
            File.Copy(file, Path.Combine(Models, Path.GetFileName(file)));
        File.WriteAllText(KeyFile, _ours.ExportSubjectPublicKeyInfoPem());
    }

    private string Models => Path.Combine(_root, "models");
    private string State => Path.Combine(_root, "state");
    private string Manifest => Path.Combine(Models, "manifest.json");
    private string KeyFile => Path.Combine(_root, "models.pub");

    public void Dispose()
    {
        _ours.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void A_model_replaced_together_with_its_manifest_is_refused()
    {
        var path = Path.Combine(Models, new ModelStore(Models).Entry("expression").File);
        var bytes = File.ReadAllBytes(path);
        bytes[^100] ^= 1;
        File.WriteAllBytes(path, bytes);
        File.WriteAllText(Manifest, File.ReadAllText(Manifest).Replace(
            new ModelStore(ModelStore.DefaultFolder()).Entry("expression").Sha256,
            Convert.ToHexStringLower(SHA256.HashData(bytes)), StringComparison.Ordinal));

        Refused("it is not this version's own", new ManifestTrust([], State));
        Refused("signed by no key", new ManifestTrust([KeyFile], State));
    }

    [Fact]
    public void Another_set_runs_once_a_known_key_has_signed_it()
    {
        Release(3);
        Refused("signed by no key", new ManifestTrust([KeyFile], State));

        Sign(_ours);
        Assert.NotEmpty(new ModelStore(Models, new ManifestTrust([KeyFile], State)).Models);
    }

    [Theory]
    [InlineData("a stranger's key")]
    [InlineData("changed after it was signed")]
    [InlineData("no signature at all, but an empty file")]
    [InlineData("a signature of something else")]
    public void A_signature_that_is_not_this_manifests_is_none(string story)
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Release(3);
        Sign(story == "a stranger's key" ? stranger : _ours);
        var signature = Path.Combine(Models, ManifestTrust.SignatureFile);
        if (story == "changed after it was signed") File.AppendAllText(Manifest, "\n");
        if (story.StartsWith("no signature", StringComparison.Ordinal)) File.WriteAllBytes(signature, []);
        if (story == "a signature of something else")
            File.WriteAllBytes(
                signature,
                _ours.SignData([1, 2, 3], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

        Refused("signed by no key", new ManifestTrust([KeyFile], State));
    }

    [Fact]
    public void An_older_release_is_not_gone_back_to()
    {
        var trust = new ManifestTrust([KeyFile], State);
        Release(7);
        Sign(_ours);
        _ = new ModelStore(Models, trust);

        Release(6);
        Sign(_ours);
        Refused("release 6, and release 7 has run here", trust);

        Release(7);
        Sign(_ours);
        _ = new ModelStore(Models, trust);
    }

    [Theory]
    [InlineData("both keys are known", true)]
    [InlineData("the key that signed was taken out", false)]
    [InlineData("the file of the other key is lost", true)]
    [InlineData("the file of the other key is damaged", true)]
    public void With_two_keys_each_counts_until_it_is_taken_out(string story, bool runs)
    {
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var other = Path.Combine(_root, "next.pub");
        File.WriteAllText(other, next.ExportSubjectPublicKeyInfoPem());
        if (story.EndsWith("lost", StringComparison.Ordinal)) File.Delete(other);
        if (story.EndsWith("damaged", StringComparison.Ordinal)) File.WriteAllText(other, "-----BEGIN PUBLIC KEY-----");
        Release(3);
        Sign(_ours);
        var trust = new ManifestTrust(runs ? [other, KeyFile] : [other], State);

        if (runs) _ = new ModelStore(Models, trust);
        else Refused("signed by no key", trust);
    }

    [Fact]
    public void A_key_that_anybody_may_write_is_nobodys()
    {
        Release(3);
        Sign(_ours);
        File.SetUnixFileMode(KeyFile, File.GetUnixFileMode(KeyFile) | UnixFileMode.OtherWrite);

        var error = Assert.Throws<ConfigurationException>(() => new ModelStore(Models, new ManifestTrust([KeyFile], State)));
        Assert.Contains("anybody may write it", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What lies in a file's place is not followed anywhere, and nothing waits for it.</summary>
    [Theory]
    [InlineData("manifest.json", "/dev/zero")]
    [InlineData("manifest.json", "/nowhere")]
    [InlineData("manifest.json", "manifest.json")]
    [InlineData("manifest.json.sig", "/dev/zero")]
    [InlineData("manifest.json.sig", "/nowhere")]
    [InlineData("face-mesh", "/dev/zero")]
    [InlineData("face-mesh", "/etc/passwd")]
    [InlineData("face-mesh", "a folder")]
    public void A_link_leads_to_nothing_that_is_not_signed(string name, string target)
    {
        Release(3);
        Sign(_ours);
        var trust = new ManifestTrust([KeyFile], State);
        var path = Path.Combine(Models, name == "face-mesh" ? new ModelStore(Models, trust).Entry(name).File : name);
        File.Delete(path);
        if (target == "a folder") Directory.CreateDirectory(path);
        else File.CreateSymbolicLink(path, target);

        var error = Assert.Throws<ModelException>(() =>
        {
            var store = new ModelStore(Models, trust);
            store.Load(store.Entry("face-mesh"));
        });
        Assert.DoesNotContain('\n', error.Message);
    }

    /// <summary>What was checked is what is loaded: the bytes in memory, never the file a second time.</summary>
    [Fact]
    public void A_set_that_is_swapped_after_the_check_is_refused_with_its_new_manifest()
    {
        var store = new ModelStore(Models);
        var entry = store.Entry("expression");
        var path = Path.Combine(Models, entry.File);
        var held = store.Load(entry);
        var other = File.ReadAllBytes(path);
        other[^100] ^= 1;
        File.WriteAllBytes(path, other);
        File.WriteAllText(Manifest, File.ReadAllText(Manifest).Replace(
            entry.Sha256, Convert.ToHexStringLower(SHA256.HashData(other)), StringComparison.Ordinal));

        Assert.Contains("was altered", Assert.Throws<ModelException>(() => store.Load(entry)).Message, StringComparison.Ordinal);
        Assert.Equal(entry.Sha256, Convert.ToHexStringLower(SHA256.HashData(held)));
    }

    [Theory]
    [InlineData("there is none")]
    [InlineData("no key")]
    [InlineData("another curve")]
    public void A_key_that_cannot_be_used_is_said_in_one_line(string story)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Release(3);
        Sign(_ours);
        if (story == "there is none") File.Delete(KeyFile);
        if (story == "no key") File.WriteAllText(KeyFile, "-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----\n");
        if (story == "another curve") File.WriteAllText(KeyFile, other.ExportSubjectPublicKeyInfoPem());

        var error = Assert.Throws<ConfigurationException>(() => new ModelStore(Models, new ManifestTrust([KeyFile], State)));
        Assert.Contains("Vision:ModelKeys", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("one bit of the mesh is lost")]
    [InlineData("the folder is gone")]
    public void The_set_that_ran_here_stands_in_for_one_that_the_disk_lost(string story)
    {
        var kept = new KeptModels(State);
        kept.Keep(new ModelStore(Models));
        if (story == "the folder is gone") Directory.Delete(Models, recursive: true);
        else FlipBit(Path.Combine(Models, new ModelStore(Models).Entry("face-mesh").File));

        using var reader = kept.Open(
            new() { ModelFolder = Models }, one => new FaceReader(one, default, TimeProvider.System), out var why);

        Assert.Contains(Models, why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kept_set_that_is_damaged_too_stops_the_start_with_the_first_fault()
    {
        var kept = new KeptModels(State);
        kept.Keep(new ModelStore(Models));
        var mesh = new ModelStore(Models).Entry("face-mesh").File;
        FlipBit(Path.Combine(Models, mesh));
        FlipBit(Path.Combine(State, "models", mesh));

        var error = Assert.Throws<ModelException>(() => kept.Open(
            new() { ModelFolder = Models }, one => new FaceReader(one, default, TimeProvider.System), out _));
        Assert.Contains(Path.Combine(Models, mesh), error.Message, StringComparison.Ordinal);
    }

    private static void FlipBit(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[1_000_000] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private void Release(int number)
    {
        var text = File.ReadAllText(Path.Combine(ModelStore.DefaultFolder(), "manifest.json"));
        File.WriteAllText(Manifest, text.Insert(text.IndexOf('{', StringComparison.Ordinal) + 1, $" \"release\": {number},"));
    }

    private void Sign(ECDsa key) => File.WriteAllBytes(
        Path.Combine(Models, ManifestTrust.SignatureFile),
        key.SignData(File.ReadAllBytes(Manifest), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    private void Refused(string says, ManifestTrust trust)
    {
        var error = Assert.Throws<ModelException>(() => new ModelStore(Models, trust));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
