/** /root of the node: the learner's home. */
import { encodeUtf8 } from '../../base/utf8.ts';

// The arrow is green after success; the cross stands after a failed command.
const BASHRC = `# ~/.bashrc: executed by bash(1) for non-login shells.

__prompt() {
    if [ $? -eq 0 ]; then __mark='➜'; else __mark='✖'; fi
}
PROMPT_COMMAND=__prompt
PS1='\\h \\W \${__mark}  '

export LS_OPTIONS='--color=auto'
alias ls='ls $LS_OPTIONS'
alias ll='ls $LS_OPTIONS -l'

export KUBECONFIG=/root/.kube/config
alias k=kubectl
# kubectl and crictl complete with Tab: /usr/share/bash-completion/completions
complete -o default -F __start_kubectl k
`;

/** Path below /root → bytes. */
export const HOME: Readonly<Record<string, string>> = {
  '.bashrc': encodeUtf8(BASHRC),
  '.profile': '# ~/.profile: executed by Bourne-compatible login shells.\n\nif [ "$BASH" ]; then\n  if [ -f ~/.bashrc ]; then\n    . ~/.bashrc\n  fi\nfi\n\nmesg n 2> /dev/null || true\n',
  '.vimrc': 'set expandtab\nset tabstop=2\nset shiftwidth=2\n',
};
