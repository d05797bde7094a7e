using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DriverMonitor.Tests.Configuration;

/// <summary>What the sources say about a type or member, as a line of Markdown; empty where they say nothing.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members = [];

    public XmlDocs(params string[] assemblies)
    {
        foreach (var name in assemblies)
        {
            foreach (var member in XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{name}.xml")).Descendants("member"))
                _members[member.Attribute("name")!.Value] = member;
        }
    }

    public string Of(Type type) => Summary($"T:{type.FullName}");

    public string Of(Type type, string member) =>
        Summary($"P:{type.FullName}.{member}") is { Length: > 0 } property ? property : Summary($"F:{type.FullName}.{member}");

    private string Summary(string key) =>
        _members.TryGetValue(key, out var member) && member.Element("summary") is { } summary ? Line(summary) : "";

    private static string Line(XElement text)
    {
        var line = new StringBuilder();
        foreach (var node in text.Nodes())
        {
            line.Append(node switch
            {
                XText words => words.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.', ':')[^1]}`",
                XElement other => other.Value,
                _ => "",
            });
        }

        return Blanks().Replace(line.ToString(), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
