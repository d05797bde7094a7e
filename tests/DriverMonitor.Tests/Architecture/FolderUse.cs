namespace DriverMonitor.Tests.Architecture;

/// <summary>Code of one folder names a type of another.</summary>
/// <param name="Example">Which types meet.</param>
internal sealed record FolderUse(string From, string To, string Example)
{
    public const string Root = "(root)";

    /// <summary>What an assembly's folders use of each other; a folder is a namespace below <paramref name="root"/>.</summary>
    public static IReadOnlyList<FolderUse> ReadFrom(CompiledReferences assembly, string root) =>
    [
        .. assembly.Read()
            .Where(use => IsWritten(use.From, root) && IsWritten(use.To, root))
            .Select(use => new FolderUse(Folder(use.From, root), Folder(use.To, root), $"{use.From.Name} uses {use.To.Name}"))
            .Where(use => use.From != use.To),
    ];

    public static IReadOnlySet<string> Folders(CompiledReferences assembly, string root) =>
        assembly.Types().Where(type => IsWritten(type, root)).Select(type => Folder(type, root)).ToHashSet();

    // The compiler's own types have names that no source can write; generators have namespaces of their own.
    private static bool IsWritten(TypeName type, string root) =>
        !type.Name.StartsWith('<')
        && (type.Namespace.Length == 0 || type.Namespace == root || type.Namespace.StartsWith(root + '.'));

    // The compiler puts some of its own helpers into no namespace.
    private static string Folder(TypeName type, string root) =>
        type.Namespace.Length <= root.Length ? Root : type.Namespace[(root.Length + 1)..];
}
