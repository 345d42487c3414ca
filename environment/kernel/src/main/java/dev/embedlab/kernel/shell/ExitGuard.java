package dev.embedlab.kernel.shell;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Rewrites calls of System.exit, Runtime.exit and Runtime.halt in the classes of cells. */
final class ExitGuard {
  private static final ClassDesc EXIT = ClassDesc.of("dev.embedlab.kernel.runtime.Exit");
  private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
  private static final MethodTypeDesc STATUS =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);

  private ExitGuard() {}

  static byte[] apply(byte[] bytes) {
    ClassFile file = ClassFile.of();
    ClassModel model = file.parse(bytes);
    if (!mentionsExit(model)) {
      return bytes;
    }
    return file.transformClass(model, ClassTransform.transformingMethodBodies(ExitGuard::replace));
  }

  private static boolean mentionsExit(ClassModel model) {
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof Utf8Entry text
          && (text.equalsString("exit") || text.equalsString("halt"))) {
        return true;
      }
    }
    return false;
  }

  private static void replace(CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeInstruction call && ends(call)) {
      if (call.owner().asInternalName().equals("java/lang/System")) {
        code.invokestatic(EXIT, "exit", STATUS);
      } else {
        code.invokestatic(
            EXIT, "exit", MethodTypeDesc.of(ConstantDescs.CD_void, RUNTIME, ConstantDescs.CD_int));
      }
    } else {
      code.with(element);
    }
  }

  private static boolean ends(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    return call.typeSymbol().equals(STATUS)
        && (owner.equals("java/lang/System") && name.equals("exit")
            || owner.equals("java/lang/Runtime") && (name.equals("exit") || name.equals("halt")));
  }
}
