package io.github.dbtc4j.cli.build;

import static java.lang.constant.ConstantDescs.CD_Boolean;
import static java.lang.constant.ConstantDescs.CD_Byte;
import static java.lang.constant.ConstantDescs.CD_Character;
import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Float;
import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_Short;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Rewrites classes so that Java has less to generate at each start.
///
/// A pattern `switch` and a record's `equals` and `hashCode` are compiled to calls whose target
/// Java generates when they are first made ([java.lang.runtime.SwitchBootstraps],
/// [java.lang.runtime.ObjectMethods]). A cache of what was loaded holds what is generated for
/// lambdas, but not for these. Here they become calls of plain methods that do the same. And
/// classes in a format older than Java 8's get that one: the cache leaves them out.
final class DirectCalls {

    private static final int JAVA_8 = ClassFile.JAVA_8_VERSION;
    private static final int HIDDEN =
            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final MethodTypeDesc EQUALS =
            MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object);
    private static final MethodTypeDesc HASH = MethodTypeDesc.of(CD_int, CD_Object);

    private final ClassFile format;

    /// @param classes knows every class that a rewritten one mentions
    DirectCalls(ClassHierarchyResolver classes) {
        format =
                ClassFile.of(
                        ClassFile.ConstantPoolSharingOption.NEW_POOL, // without what was replaced
                        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                        ClassFile.ClassHierarchyResolverOption.of(classes));
    }

    /// The class file `before` rewritten, or `before` itself if there is nothing to do.
    byte[] rewrite(byte[] before) {
        ClassModel type = format.parse(before);
        Map<InvokeDynamicEntry, Consumer<CodeBuilder>> bodies = bodies(type);
        boolean old = type.majorVersion() < JAVA_8;
        if (bodies.isEmpty() && !old) {
            return before;
        }
        boolean ofInterface = type.flags().has(AccessFlag.INTERFACE);
        CodeTransform calls =
                (code, element) -> {
                    if (element instanceof InvokeDynamicInstruction call
                            && bodies.containsKey(call.invokedynamic())) {
                        InvokeDynamicEntry made = call.invokedynamic();
                        code.invoke(
                                Opcode.INVOKESTATIC,
                                type.thisClass().asSymbol(),
                                name(made),
                                made.typeSymbol(),
                                ofInterface);
                    } else if (!(element instanceof RuntimeVisibleTypeAnnotationsAttribute)) {
                        code.with(element); // those of local variables name places that move
                    }
                };
        ClassTransform version =
                (builder, element) -> {
                    if (element instanceof ClassFileVersion && old) {
                        builder.withVersion(JAVA_8, 0);
                    } else {
                        builder.with(element);
                    }
                };
        return format.transformClass(
                type,
                ClassTransform.transformingMethodBodies(calls)
                        .andThen(version)
                        .andThen(ClassTransform.endHandler(builder -> add(builder, bodies))));
    }

    private static void add(
            ClassBuilder type, Map<InvokeDynamicEntry, Consumer<CodeBuilder>> bodies) {
        bodies.forEach(
                (call, body) -> type.withMethodBody(name(call), call.typeSymbol(), HIDDEN, body));
    }

    private static String name(InvokeDynamicEntry call) {
        return call.name().stringValue() + "$" + call.index();
    }

    /// What to put in the place of the calls that can be replaced.
    private static Map<InvokeDynamicEntry, Consumer<CodeBuilder>> bodies(ClassModel type) {
        var bodies =
                new TreeMap<InvokeDynamicEntry, Consumer<CodeBuilder>>(
                        Comparator.comparingInt(PoolEntry::index));
        for (PoolEntry entry : type.constantPool()) {
            if (entry instanceof InvokeDynamicEntry call) {
                body(call).ifPresent(body -> bodies.put(call, body));
            }
        }
        return bodies;
    }

    private static Optional<Consumer<CodeBuilder>> body(InvokeDynamicEntry call) {
        MemberRefEntry maker = call.bootstrap().bootstrapMethod().reference();
        List<LoadableConstantEntry> arguments = call.bootstrap().arguments();
        String what = maker.owner().asInternalName() + "." + maker.name() + " " + call.name();
        return Optional.ofNullable(
                switch (what) {
                    case "java/lang/runtime/SwitchBootstraps.typeSwitch typeSwitch" ->
                            arguments.stream().allMatch(ClassEntry.class::isInstance)
                                    ? code -> choose(code, arguments)
                                    : null;
                    case "java/lang/runtime/ObjectMethods.bootstrap equals" ->
                            code -> compare(code, arguments);
                    case "java/lang/runtime/ObjectMethods.bootstrap hashCode" ->
                            code -> hash(code, arguments);
                    default -> null;
                });
    }

    /// The index of the first of `types`, from the second parameter on, of which the first
    /// parameter is an instance; their number if it is of none, -1 if it is null.
    private static void choose(CodeBuilder code, List<LoadableConstantEntry> types) {
        code.aload(0).ifThen(Opcode.IFNULL, builder -> builder.iconst_m1().ireturn());
        for (int i = 0; i < types.size(); i++) {
            int index = i;
            ClassEntry type = (ClassEntry) types.get(i);
            code.iload(1)
                    .loadConstant(index)
                    .ifThen(
                            Opcode.IF_ICMPLE,
                            builder ->
                                    builder.aload(0)
                                            .instanceOf(type)
                                            .ifThen(
                                                    Opcode.IFNE,
                                                    same -> same.loadConstant(index).ireturn()));
        }
        code.loadConstant(types.size()).ireturn();
    }

    private static void compare(CodeBuilder code, List<LoadableConstantEntry> arguments) {
        ClassEntry type = (ClassEntry) arguments.getFirst();
        code.aload(1)
                .instanceOf(type)
                .ifThen(Opcode.IFEQ, builder -> builder.iconst_0().ireturn())
                .aload(1)
                .checkcast(type)
                .astore(2);
        for (FieldRefEntry field : fields(arguments)) {
            code.aload(0).getfield(field).aload(2).getfield(field);
            ClassDesc of = field.typeSymbol();
            switch (TypeKind.from(of)) {
                case BOOLEAN, BYTE, CHAR, SHORT, INT -> code.isub();
                case LONG -> code.lcmp();
                case FLOAT, DOUBLE ->
                        code.invokestatic(box(of), "compare", MethodTypeDesc.of(CD_int, of, of));
                case REFERENCE -> code.invokestatic(OBJECTS, "equals", EQUALS).iconst_1().ixor();
                case VOID -> throw new IllegalArgumentException("no field is of type void");
            }
            code.ifThen(Opcode.IFNE, builder -> builder.iconst_0().ireturn());
        }
        code.iconst_1().ireturn();
    }

    private static void hash(CodeBuilder code, List<LoadableConstantEntry> arguments) {
        code.iconst_0();
        for (FieldRefEntry field : fields(arguments)) {
            code.loadConstant(31).imul().aload(0).getfield(field);
            ClassDesc of = field.typeSymbol();
            if (of.isPrimitive()) {
                code.invokestatic(box(of), "hashCode", MethodTypeDesc.of(CD_int, of));
            } else {
                code.invokestatic(OBJECTS, "hashCode", HASH);
            }
            code.iadd();
        }
        code.ireturn();
    }

    /// The fields of a record, behind its class and their names among the arguments.
    private static List<FieldRefEntry> fields(List<LoadableConstantEntry> arguments) {
        return arguments.stream()
                .skip(2)
                .map(entry -> (FieldRefEntry) ((MethodHandleEntry) entry).reference())
                .toList();
    }

    private static ClassDesc box(ClassDesc primitive) {
        return switch (TypeKind.from(primitive)) {
            case BOOLEAN -> CD_Boolean;
            case BYTE -> CD_Byte;
            case CHAR -> CD_Character;
            case SHORT -> CD_Short;
            case INT -> CD_Integer;
            case LONG -> CD_Long;
            case FLOAT -> CD_Float;
            case DOUBLE -> CD_Double;
            case REFERENCE, VOID -> throw new IllegalArgumentException(primitive + " has no box");
        };
    }
}
