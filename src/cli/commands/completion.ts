import { Argument, type Command } from 'commander';
import { action } from '../command.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const HINTS = {
  bash: 'source <(mooring completion bash)      # in ~/.bashrc',
  zsh: 'source <(mooring completion zsh)       # in ~/.zshrc, after compinit',
  fish: 'mooring completion fish > ~/.config/fish/completions/mooring.fish',
};

/** `mooring completion SHELL`. What the printed script asks for is answered by `complete.ts`. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'shell to print the script for').choices(SHELLS))
    .description('print the script that completes commands, libraries and volumes in a shell')
    .addHelpText(
      'after',
      `\nTo use it:\n${Object.values(HINTS)
        .map((hint) => `  ${hint}`)
        .join('\n')}`,
    )
    .action(
      action(async (session, [shell = '']) => {
        const { completionScript } = await import('../complete.ts');
        const script = completionScript(shell);
        session.print({ shell, script }, () => script);
      }),
    );
}
