using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Web;

/// <summary>The page itself: a few files inside the program, so that nothing is fetched from anywhere.</summary>
internal static class PageFiles
{
    private const string Folder = "page/";

    private static readonly FrozenDictionary<string, (byte[] Content, string Type, string Tag)> Files = typeof(PageFiles)
        .Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToFrozenDictionary(
            name => name == Folder + "index.html" ? "/" : "/" + name[Folder.Length..], Load, StringComparer.Ordinal);

    public static IEnumerable<string> Paths => Files.Keys;

    public static bool Has(PathString path) => path.Value is { } text && Files.ContainsKey(text);

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var (path, file) in Files)
        {
            app.MapGet(
                    path,
                    (HttpContext context) =>
                    {
                        // Asked for anew each time, sent only when the program has changed.
                        context.Response.Headers.CacheControl = "no-cache";
                        context.Response.Headers.ETag = file.Tag;
                        return context.Request.Headers.IfNoneMatch == file.Tag
                            ? Results.StatusCode(304)
                            : Results.Bytes(file.Content, file.Type);
                    }
                )
                .ExcludeFromDescription();
        }
    }

    private static (byte[] Content, string Type, string Tag) Load(string name)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return (content, TypeOf(Path.GetExtension(name)), $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"");
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".json" => "application/json",
        _ => throw new InvalidOperationException($"The page has no use for a {extension} file."),
    };
}
