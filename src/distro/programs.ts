/** Every guest program of the build, one line each; the tests compare it with the folders of src/programs. */
import type { Program } from '../kernel/sys.ts';
import { program as bash } from '../programs/bash/index.ts';
import { program as containerd } from '../programs/containerd/index.ts';
import { program as containerdShimRuncV2 } from '../programs/containerd-shim-runc-v2/index.ts';
import { program as crictl } from '../programs/crictl/index.ts';
import { program as etcd } from '../programs/etcd/index.ts';
import { program as journalctl } from '../programs/journalctl/index.ts';
import { program as journald } from '../programs/journald/index.ts';
import { program as kubeApiserver } from '../programs/kube-apiserver/index.ts';
import { program as pause } from '../programs/pause/index.ts';
import { program as resolver } from '../programs/resolver/index.ts';
import { program as systemDaemon } from '../programs/system-daemon/index.ts';
import { program as systemctl } from '../programs/systemctl/index.ts';
import { program as systemd } from '../programs/systemd/index.ts';
import { program as systemdOneshot } from '../programs/systemd-oneshot/index.ts';
import { program as unavailable } from '../programs/unavailable/index.ts';

export const PROGRAMS: readonly Program[] = [
  bash, containerd, containerdShimRuncV2, crictl, etcd, journalctl, journald, kubeApiserver, pause, resolver, systemDaemon, systemctl, systemd,
  systemdOneshot, unavailable,
];
