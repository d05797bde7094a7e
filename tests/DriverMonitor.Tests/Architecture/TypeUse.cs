namespace DriverMonitor.Tests.Architecture;

internal readonly record struct TypeName(string Namespace, string Name);

/// <summary>One type's code names another type.</summary>
internal readonly record struct TypeUse(TypeName From, TypeName To);
