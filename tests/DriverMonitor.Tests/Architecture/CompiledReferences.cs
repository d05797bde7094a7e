using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace DriverMonitor.Tests.Architecture;

/// <summary>
/// Which type of an assembly refers to which other one, read off the compiled code: base types, fields, signatures, locals,
/// caught exceptions, attributes and everything that an instruction names. A nested type speaks for the one that holds it.
/// </summary>
internal sealed class CompiledReferences : IDisposable
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null)).OfType<OpCode>()
        .ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly HashSet<TypeDefinitionHandle> _found = [];
    private readonly SignatureTypes _signatures;

    public CompiledReferences(string path)
    {
        _file = new(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
        _signatures = new(_found);
    }

    public void Dispose() => _file.Dispose();

    public IEnumerable<TypeName> Types() =>
        _metadata.TypeDefinitions.Where(type => !_metadata.GetTypeDefinition(type).IsNested).Select(NameOf);

    public IEnumerable<TypeUse> Read()
    {
        foreach (var handle in _metadata.TypeDefinitions)
        {
            _found.Clear();
            var type = _metadata.GetTypeDefinition(handle);
            AddType(type);
            foreach (var method in type.GetMethods()) AddMethod(_metadata.GetMethodDefinition(method));
            var from = NameOf(handle);
            foreach (var to in _found.Select(NameOf).Distinct().Where(to => to != from)) yield return new(from, to);
        }
    }

    private TypeName NameOf(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        while (type.IsNested) type = _metadata.GetTypeDefinition(type.GetDeclaringType());
        return new(_metadata.GetString(type.Namespace), _metadata.GetString(type.Name));
    }

    private void AddType(TypeDefinition type)
    {
        Add(type.BaseType);
        AddAttributes(type.GetCustomAttributes());
        AddConstraints(type.GetGenericParameters());
        foreach (var one in type.GetInterfaceImplementations()) Add(_metadata.GetInterfaceImplementation(one).Interface);
        foreach (var one in type.GetProperties()) AddAttributes(_metadata.GetPropertyDefinition(one).GetCustomAttributes());
        foreach (var one in type.GetFields())
        {
            var field = _metadata.GetFieldDefinition(one);
            field.DecodeSignature(_signatures, null);
            AddAttributes(field.GetCustomAttributes());
        }
    }

    private void AddMethod(MethodDefinition method)
    {
        method.DecodeSignature(_signatures, null);
        AddAttributes(method.GetCustomAttributes());
        AddConstraints(method.GetGenericParameters());
        if (method.RelativeVirtualAddress == 0) return;
        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_signatures, null);
        foreach (var region in body.ExceptionRegions) Add(region.CatchType);
        AddInstructions(body.GetILReader());
    }

    private void AddInstructions(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            int name = code.ReadByte();
            if (name == 0xFE) name = 0xFE00 | code.ReadByte();
            switch (Operands[name])
            {
                case OperandType.InlineNone: break;
                case OperandType.InlineString: code.Offset += sizeof(int); break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += sizeof(int) * targets;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += sizeof(long);
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset++;
                    break;
                case OperandType.InlineVar:
                    code.Offset += sizeof(short);
                    break;
                case OperandType.InlineBrTarget or OperandType.InlineI or OperandType.ShortInlineR:
                    code.Offset += sizeof(int);
                    break;
                default:
                    Add((EntityHandle)MetadataTokens.Handle(code.ReadInt32()));
                    break;
            }
        }
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var one in attributes) Add(_metadata.GetCustomAttribute(one).Constructor);
    }

    private void AddConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (var one in parameters)
            foreach (var constraint in _metadata.GetGenericParameter(one).GetConstraints())
                Add(_metadata.GetGenericParameterConstraint(constraint).Type);
    }

    private void Add(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition when !handle.IsNil: _found.Add((TypeDefinitionHandle)handle); break;
            case HandleKind.TypeSpecification:
                _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_signatures, null);
                break;
            case HandleKind.MethodDefinition:
                _found.Add(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                _found.Add(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodSpecification:
                var instance = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                instance.DecodeSignature(_signatures, null);
                Add(instance.Method);
                break;
            case HandleKind.MemberReference:
                var member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
                Add(member.Parent);
                if (member.GetKind() == MemberReferenceKind.Method) member.DecodeMethodSignature(_signatures, null);
                else member.DecodeFieldSignature(_signatures, null);
                break;
            default: break; // a type of another assembly, or a signature of a call through a pointer
        }
    }
}
