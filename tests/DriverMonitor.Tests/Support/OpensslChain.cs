namespace DriverMonitor.Tests.Support;

/// <summary>
/// Certificates as people make them: an authority, one below it that signs, and files for a server, all by openssl.
/// </summary>
internal sealed class OpensslChain : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openssl-chain-");

    public string RootFile => At("root.pem");

    /// <summary>The server's certificate and the one that signed it, as a browser must be sent them.</summary>
    public string ChainFile => At("page.pem");

    public string KeyFile => At("page.key");

    public static async Task<OpensslChain> MakeAsync()
    {
        var chain = new OpensslChain();
        await chain.RunAsync("""
            openssl ecparam -name prime256v1 -genkey -noout -out root.key
            openssl req -x509 -new -key root.key -subj "/CN=Test Root" -days 30 -addext keyUsage=keyCertSign -out root.pem
            openssl ecparam -name prime256v1 -genkey -noout -out signer.key
            openssl req -new -key signer.key -subj "/CN=Test Signer" -out signer.csr
            printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n' > signer.ext
            openssl x509 -req -in signer.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 -extfile signer.ext -out signer.pem
            """);
        return chain;
    }

    /// <summary>Writes a certificate for loopback where the page looks for it, over the one that is there.</summary>
    /// <param name="name">Its common name.</param>
    /// <param name="days">How long it is good.</param>
    public Task IssueAsync(string name, int days = 30) => RunAsync($"""
        openssl ecparam -name prime256v1 -genkey -noout -out new.key
        openssl req -new -key new.key -subj "/CN={name}" -out new.csr
        printf 'subjectAltName=IP:127.0.0.1,DNS:localhost\n' > new.ext
        openssl x509 -req -in new.csr -CA signer.pem -CAkey signer.key -CAcreateserial -days {days} -extfile new.ext -out new.pem
        cat new.pem signer.pem > page.pem
        cp new.key page.key
        """);

    public string At(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task RunAsync(string script)
    {
        var (code, output) = await Tool.RunAsync("bash", "-euc", $"cd '{_folder.FullName}'\n{script}");
        Assert.True(code == 0, output);
    }
}
