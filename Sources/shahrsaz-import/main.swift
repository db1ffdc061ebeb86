import Glibc

exit(Import.run(Array(CommandLine.arguments.dropFirst())))
