/**
 * nginx's directives: where each may stand and how many arguments it takes. Pure. Those under `EFFECT` do something here; those under
 * `PLAIN` tune what has no visible effect in the lab (buffers, timeouts, kernel calls); what would have one and is not modelled (TLS,
 * rewriting, FastCGI) is refused by name.
 */
import { ConfigError } from './parse.ts';
import type { Directive } from './parse.ts';

/** m main, e events, h http, s server, l location, u upstream, t types. */
type Context = 'm' | 'e' | 'h' | 's' | 'l' | 'u' | 't';
interface Rule { readonly where: string; readonly min: number; readonly max: number; readonly block: boolean }

const MANY = 99;
const rule = (where: string, min: number, max = min, block = false): Rule => ({ where, min, max, block });
const EFFECT: Readonly<Record<string, Rule>> = {
  events: rule('m', 0, 0, true), http: rule('m', 0, 0, true), server: rule('h', 0, 0, true), location: rule('sl', 1, 2, true), upstream: rule('h', 1, 1, true), types: rule('hsl', 0, 0, true), include: rule('mehslu', 1),
  listen: rule('s', 1, MANY), server_name: rule('s', 1, MANY), root: rule('hsl', 1), alias: rule('l', 1), index: rule('hsl', 1, MANY), return: rule('sl', 1, 2), try_files: rule('sl', 2, MANY), error_page: rule('hsl', 2, MANY), autoindex: rule('hsl', 1), add_header: rule('hsl', 2, 3), default_type: rule('hsl', 1),
  proxy_pass: rule('l', 1), access_log: rule('hsl', 1, MANY), error_log: rule('mhsl', 1, 2), pid: rule('m', 1), user: rule('m', 1, 2), log_format: rule('h', 2, MANY), stub_status: rule('sl', 0, 1),
};
const names = (text: string): readonly string[] => text.split(/\s+/);
const PLAIN: readonly (readonly [names: readonly string[], rule: Rule])[] = [
  [names('worker_processes worker_rlimit_nofile daemon master_process pcre_jit timer_resolution worker_cpu_affinity load_module env'), rule('m', 1, MANY)],
  [names('worker_connections multi_accept use accept_mutex debug_connection'), rule('e', 1)],
  [names('sendfile tcp_nopush tcp_nodelay keepalive_timeout keepalive_requests gzip gzip_types gzip_vary gzip_min_length gzip_comp_level gzip_proxied gzip_disable gzip_http_version gzip_buffers client_max_body_size client_body_timeout client_header_timeout client_body_buffer_size send_timeout server_tokens charset expires etag log_not_found '
    + 'open_file_cache open_file_cache_valid open_file_cache_errors proxy_set_header proxy_http_version proxy_read_timeout proxy_connect_timeout proxy_send_timeout proxy_buffering proxy_buffer_size proxy_buffers proxy_busy_buffers_size proxy_redirect proxy_hide_header proxy_pass_header proxy_intercept_errors proxy_next_upstream '
    + 'proxy_temp_path client_body_temp_path fastcgi_temp_path uwsgi_temp_path scgi_temp_path resolver resolver_timeout absolute_redirect port_in_redirect server_name_in_redirect reset_timedout_connection if_modified_since max_ranges sendfile_max_chunk ignore_invalid_headers underscores_in_headers large_client_header_buffers client_header_buffer_size'), rule('hsl', 1, MANY)],
  [names('server_names_hash_bucket_size server_names_hash_max_size types_hash_max_size types_hash_bucket_size variables_hash_max_size'), rule('hsl', 1)],
  [names('least_conn ip_hash keepalive zone'), rule('u', 0, MANY)], [['internal'], rule('l', 0)],
];
const REFUSED = names('ssl_certificate ssl_certificate_key ssl_protocols ssl_ciphers ssl_session_cache ssl_session_timeout ssl_prefer_server_ciphers rewrite if set map geo split_clients auth_basic auth_basic_user_file auth_request fastcgi_pass fastcgi_param fastcgi_index uwsgi_pass grpc_pass sub_filter limit_req limit_req_zone limit_conn limit_conn_zone allow deny '
  + 'satisfy proxy_cache proxy_cache_path proxy_ssl_verify mirror stream mail js_import perl geoip2 limit_except real_ip_header set_real_ip_from');
const RULES: ReadonlyMap<string, Rule> = new Map([...Object.entries(EFFECT), ...PLAIN.flatMap(([all, one]) => all.map((name) => [name, one] as const))]);

const INSIDE: Readonly<Record<string, Context>> = { events: 'e', http: 'h', server: 's', location: 'l', upstream: 'u', types: 't' };

function judge(it: Directive, context: Context): void {
  const place = ` in ${it.file}:${it.line}`;
  if (context === 't' || (context === 'u' && it.name === 'server')) return;
  if (REFUSED.includes(it.name)) throw new ConfigError(`"${it.name}" is not available in this lab${place}`);
  const known = RULES.get(it.name);
  if (known === undefined) throw new ConfigError(`unknown directive "${it.name}"${place}`);
  if (!known.where.includes(context)) throw new ConfigError(`"${it.name}" directive is not allowed here${place}`);
  if (!known.block && it.block !== null) throw new ConfigError(`directive "${it.name}" is not terminated by ";"${place}`);
  if (known.block && it.block === null) throw new ConfigError(`directive "${it.name}" has no opening "{"${place}`);
  if (it.args.length < known.min || it.args.length > known.max) throw new ConfigError(`invalid number of arguments in "${it.name}" directive${place}`);
}

/** Whether every directive is known, in its place and whole. Throws ConfigError for the first that is not. */
export function check(directives: readonly Directive[], context: Context = 'm'): void {
  for (const it of directives) {
    judge(it, context);
    if (it.block !== null) check(it.block, INSIDE[it.name] ?? context);
  }
}
