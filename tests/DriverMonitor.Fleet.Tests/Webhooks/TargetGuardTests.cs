using System.Net;
using DriverMonitor.Fleet.Web;
using DriverMonitor.Fleet.Webhooks;

namespace DriverMonitor.Fleet.Tests.Webhooks;

/// <summary>A webhook leads to the public network and nowhere else, whatever its address is made to look like.</summary>
public sealed class TargetGuardTests
{
    [Theory]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    [InlineData("https://[::ffff:a9fe:a9fe]/")]
    [InlineData("https://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("https://[2002:a9fe:a9fe::1]/")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[::ffff:0:169.254.169.254]/")]
    [InlineData("https://[::169.254.169.254]/")]
    [InlineData("https://[0:0:0:0:0:ffff:7f00:1]/")]
    [InlineData("https://[64:ff9b:1::a9fe:a9fe]/")]
    [InlineData("https://[2001:0:a9fe:a9fe::1]/")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("https://[3fff::1]/")]
    [InlineData("https://[100::1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://[fec0::1]/")]
    [InlineData("https://[fc00::1]/")]
    [InlineData("https://[ff02::1]/")]
    [InlineData("https://168.63.129.16/metadata")]
    [InlineData("https://100.100.100.200/latest/meta-data")]
    [InlineData("https://192.0.0.192/opc/v2")]
    [InlineData("https://0251.0376.0251.0376/")]
    [InlineData("https://169.254.43518/")]
    [InlineData("https://0/")]
    [InlineData("https://\uff11\uff12\uff17.0.0.1/")]
    [InlineData("https://127\u30020\u30020\u30021/")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://fleet.localhost/")]
    [InlineData("https://metadata.google.internal/computeMetadata/v1")]
    [InlineData("https://printer.local/")]
    [InlineData("https://router.home.arpa/")]
    [InlineData("https:\\\\127.0.0.1\\")]
    [InlineData("https:/127.0.0.1/")]
    [InlineData("https://hooks.example.com@127.0.0.1/")]
    [InlineData("gopher://hooks.example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//hooks.example.com/")]
    [InlineData("https:///fleet")]
    [InlineData("https://2852039166/")]
    [InlineData("https://0xa9fea9fe/")]
    [InlineData("https://127.0.0.1:8440/api/v1/erasures")]
    [InlineData("https://127.1/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://172.31.255.255/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("http://hooks.example.com/")]
    [InlineData("ftp://hooks.example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@hooks.example.com/")]
    [InlineData("hooks.example.com")]
    [InlineData("")]
    public void Metadata_private_and_strange_addresses_are_refused(string url) => Assert.NotNull(TargetGuard.Fault(url, []));

    [Theory]
    [InlineData("https://hooks.example.com/fleet?x=1")]
    [InlineData("https://93.184.216.34:8443/")]
    [InlineData("https://[2606:2800:220:1:248:1893:25c8:1946]/")]
    [InlineData("https://[64:ff9b::5db8:d822]/")]
    [InlineData("https://[2002:5db8:d822::1]/")]
    [InlineData("https://internal.example.com/")]
    [InlineData("https://notlocalhost/")]
    public void Public_addresses_are_not(string url) => Assert.Null(TargetGuard.Fault(url, []));

    [Theory]
    [InlineData("http://chat.internal/hook", "chat.internal", true)]
    [InlineData("http://10.0.0.9/hook", "10.0.0.9", true)]
    [InlineData("https://chat.internal/hook", "", false)]
    [InlineData("https://[::ffff:10.0.0.9]/hook", "10.0.0.9", false)]
    [InlineData("https://[fd00::9]/hook", "fd00::9", true)]
    [InlineData("http://10.0.0.8/hook", "10.0.0.9", false)]
    [InlineData("http://chat.internal.evil.example/hook", "chat.internal", false)]
    public void A_private_host_must_be_named(string url, string named, bool isAllowed) =>
        Assert.Equal(isAllowed, TargetGuard.Fault(url, [named]) is null);

    [Fact]
    public void A_name_is_judged_by_the_address_it_leads_to()
    {
        Assert.False(TargetGuard.IsAllowed(IPAddress.Parse("169.254.169.254"), "hooks.example.com", []));
        Assert.True(TargetGuard.IsAllowed(IPAddress.Parse("93.184.216.34"), "hooks.example.com", []));
        Assert.True(TargetGuard.IsAllowed(IPAddress.Parse("10.0.0.9"), "chat.internal", ["chat.internal"]));
    }

    //  where a name leads to at the moment of connecting, though it led elsewhere when it was set
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.9")]
    [InlineData("169.254.169.254 fe80::1 fd00:ec2::254")]
    [InlineData("")]
    public async Task A_name_that_leads_home_is_refused_when_it_is_connected_to(string addresses)
    {
        List<string> asked = [];
        using var client = new WebhookClient(new WebOptions(), (name, _) =>
        {
            asked.Add(name);
            return Task.FromResult(addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse).ToArray());
        });

        var fault = await client.SendAsync(
            "https://hooks.example.com:8440/", WebhookClient.NewSecret(), "1", DateTimeOffset.UtcNow, "{}", default);

        // Once: an answer that is looked at and another that is used would be two.
        Assert.Equal(("its name leads into a private network", "hooks.example.com"), (fault, Assert.Single(asked)));
    }
}
