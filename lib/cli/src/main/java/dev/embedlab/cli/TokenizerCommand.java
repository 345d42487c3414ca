package dev.embedlab.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lab tokenizer}: groups the commands around {@code tokenizer.json}. */
@Command(
    name = "tokenizer",
    description = "Trains tokenizers and encodes text with any tokenizer.json.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {HelpCommand.class, TrainTokenizer.class, EncodeText.class})
final class TokenizerCommand {}
