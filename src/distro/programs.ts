/** Every guest program of the build, one line each; the tests compare it with the folders of src/programs. */
import type { Program } from '../kernel/sys.ts';
import { program as bash } from '../programs/bash/index.ts';
import { program as cat } from '../programs/cat/index.ts';
import { program as containerd } from '../programs/containerd/index.ts';
import { program as containerdShimRuncV2 } from '../programs/containerd-shim-runc-v2/index.ts';
import { program as coredns } from '../programs/coredns/index.ts';
import { program as cp } from '../programs/cp/index.ts';
import { program as crictl } from '../programs/crictl/index.ts';
import { program as curl } from '../programs/curl/index.ts';
import { program as cut } from '../programs/cut/index.ts';
import { program as date } from '../programs/date/index.ts';
import { program as df } from '../programs/df/index.ts';
import { program as dmesg } from '../programs/dmesg/index.ts';
import { program as etcd } from '../programs/etcd/index.ts';
import { program as etcdctl } from '../programs/etcdctl/index.ts';
import { program as flanneld } from '../programs/flanneld/index.ts';
import { program as free } from '../programs/free/index.ts';
import { program as grep } from '../programs/grep/index.ts';
import { program as head } from '../programs/head/index.ts';
import { program as hostnamectl } from '../programs/hostnamectl/index.ts';
import { program as httpd } from '../programs/httpd/index.ts';
import { program as id } from '../programs/id/index.ts';
import { program as ip } from '../programs/ip/index.ts';
import { program as journalctl } from '../programs/journalctl/index.ts';
import { program as journald } from '../programs/journald/index.ts';
import { program as kill } from '../programs/kill/index.ts';
import { program as kubeApiserver } from '../programs/kube-apiserver/index.ts';
import { program as kubeControllerManager } from '../programs/kube-controller-manager/index.ts';
import { program as kubeProxy } from '../programs/kube-proxy/index.ts';
import { program as kubeScheduler } from '../programs/kube-scheduler/index.ts';
import { program as kubeadm } from '../programs/kubeadm/index.ts';
import { program as kubectl } from '../programs/kubectl/index.ts';
import { program as kubelet } from '../programs/kubelet/index.ts';
import { program as ls } from '../programs/ls/index.ts';
import { program as lsof } from '../programs/lsof/index.ts';
import { program as mkdir } from '../programs/mkdir/index.ts';
import { program as mount } from '../programs/mount/index.ts';
import { program as mv } from '../programs/mv/index.ts';
import { program as netstat } from '../programs/netstat/index.ts';
import { program as nginx } from '../programs/nginx/index.ts';
import { program as nslookup } from '../programs/nslookup/index.ts';
import { program as openssl } from '../programs/openssl/index.ts';
import { program as pause } from '../programs/pause/index.ts';
import { program as pgrep } from '../programs/pgrep/index.ts';
import { program as ping } from '../programs/ping/index.ts';
import { program as ps } from '../programs/ps/index.ts';
import { program as reboot } from '../programs/reboot/index.ts';
import { program as redisServer } from '../programs/redis-server/index.ts';
import { program as resolver } from '../programs/resolver/index.ts';
import { program as rm } from '../programs/rm/index.ts';
import { program as sed } from '../programs/sed/index.ts';
import { program as sleep } from '../programs/sleep/index.ts';
import { program as sort } from '../programs/sort/index.ts';
import { program as ss } from '../programs/ss/index.ts';
import { program as systemDaemon } from '../programs/system-daemon/index.ts';
import { program as systemctl } from '../programs/systemctl/index.ts';
import { program as systemd } from '../programs/systemd/index.ts';
import { program as systemdOneshot } from '../programs/systemd-oneshot/index.ts';
import { program as tail } from '../programs/tail/index.ts';
import { program as tee } from '../programs/tee/index.ts';
import { program as timedatectl } from '../programs/timedatectl/index.ts';
import { program as tr } from '../programs/tr/index.ts';
import { program as unavailable } from '../programs/unavailable/index.ts';
import { program as uniq } from '../programs/uniq/index.ts';
import { program as vi } from '../programs/vi/index.ts';
import { program as wc } from '../programs/wc/index.ts';

export const PROGRAMS: readonly Program[] = [
  bash, cat, containerd, containerdShimRuncV2, coredns, cp, crictl, curl, cut, date, df, dmesg, etcd, etcdctl, flanneld, free, grep, head,
  hostnamectl, httpd, id, ip, journalctl, journald, kill, kubeApiserver, kubeControllerManager, kubeProxy, kubeScheduler, kubeadm, kubectl, kubelet,
  ls, lsof, mkdir, mount, mv, netstat, nginx, nslookup, openssl, pause, pgrep, ping, ps, reboot, redisServer, resolver, rm, sed, sleep, sort, ss,
  systemDaemon, systemctl, systemd, systemdOneshot, tail, tee, timedatectl, tr, unavailable, uniq, vi, wc,
];
