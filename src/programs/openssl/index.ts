/**
 * openssl: keys, requests and certificates made and looked at, chains verified, and a look at a TLS server. Output as OpenSSL 3.0
 * gives it. Not modelled: other algorithms than RSA with SHA-256, passphrases, everything about streams of s_client.
 */
import { cpu, write, type Coroutine, type Program } from '../../kernel/sys.ts';
import { genrsa, rsaKey } from './keys.ts';
import { UNAVAILABLE } from './options.ts';
import { req } from './req.ts';
import { sClient } from './s-client.ts';
import { verify } from './verify.ts';
import { x509 } from './x509.ts';

const HELP = 'help:\n\nStandard commands\nasn1parse         ca                ciphers           cmp               \ncms               crl               crl2pkcs7         dgst              \ngenrsa            pkey              req               rsa               \ns_client          verify            version           x509              \n\n';

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(4_000);
  const [, command, ...words] = argv;
  switch (command) {
    case 'genrsa': return yield* genrsa(words);
    case 'req': return yield* req(words);
    case 'x509': return yield* x509(words);
    case 'verify': return yield* verify(words);
    case 'rsa': case 'pkey': return yield* rsaKey(command, words);
    case 's_client': return yield* sClient(words);
    case 'version':
      yield* write(1, 'OpenSSL 3.0.17 1 Jul 2025 (Library: OpenSSL 3.0.17 1 Jul 2025)\n');
      return 0;
    case undefined: case 'help':
      yield* write(2, HELP);
      return 0;
    default:
      if (UNAVAILABLE.includes(command)) yield* write(2, `openssl: ${command} is not available in this lab\n`);
      else yield* write(2, `Invalid command '${command}'; type "help" for a list.\n`);
      return 1;
  }
}

export const program: Program = { name: 'openssl', main };
