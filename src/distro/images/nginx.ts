/** What the nginx images hold besides their base. */
import type { FileSpec } from '../../kernel/spec.ts';
import { DEFAULT_CONF } from '../../programs/nginx/default.ts';
import { binary, dir, file, link } from './trees.ts';

const WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

const CONF = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`;

const MIME = `
types {
    text/html                                        html htm shtml;
    text/css                                         css;
    text/xml                                         xml;
    image/gif                                        gif;
    image/jpeg                                       jpeg jpg;
    application/javascript                           js;
    text/plain                                       txt;
    image/png                                        png;
    image/svg+xml                                    svg svgz;
    image/x-icon                                     ico;
    application/json                                 json;
    application/pdf                                  pdf;
    application/zip                                  zip;
}
`;
/** The server, its configuration and pages; logs are links to the container's output, as in the official image. */
export const nginxFiles = (version: string): Readonly<Record<string, FileSpec>> => ({
  '/usr/sbin/nginx': binary('nginx', 1_561_232), ...(Number(version.split('.')[1]) >= 19 ? { '/docker-entrypoint.sh': binary('nginx', 1620) } : {}), '/var/cache/nginx': dir(),
  // Since 1.21.4 what nginx does is in the log, not only what it warns of.
  '/etc/nginx/nginx.conf': file(Number(version.split('.')[1]) >= 22 ? CONF : CONF.replace('error.log notice', 'error.log warn')), '/etc/nginx/mime.types': file(MIME), '/etc/nginx/conf.d/default.conf': file(DEFAULT_CONF),
  '/usr/share/nginx/html/index.html': file(WELCOME), '/usr/share/nginx/html/50x.html': file('<!DOCTYPE html>\n<html><head><title>Error</title></head><body><h1>An error occurred.</h1></body></html>\n'),
  '/var/log/nginx/access.log': link('/dev/stdout'), '/var/log/nginx/error.log': link('/dev/stderr'),
});
