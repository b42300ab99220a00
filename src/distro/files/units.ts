/**
 * systemd's unit files: kubelet's and containerd's as their packages install them, the rest of Debian 12's as far as
 * they take part in a boot here. Path below / → text; LINKS are the `.wants` links of enabled units.
 */

const KUBELET = `[Unit]
Description=kubelet: The Kubernetes Node Agent
Documentation=https://kubernetes.io/docs/
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/usr/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
`;
const KUBEADM_DROPIN = `# Note: This dropin only works with kubeadm and kubelet v1.11+
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
# This is a file that "kubeadm init" and "kubeadm join" generates at runtime, populating the KUBELET_KUBEADM_ARGS variable dynamically
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
# This is a file that the user can use for overrides of the kubelet args as a last resort. Preferably, the user should use
# the .NodeRegistration.KubeletExtraArgs object in the configuration files instead. KUBELET_EXTRA_ARGS should be sourced from this file.
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`;
const CONTAINERD = `# Copyright The containerd Authors.
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#     http://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.

[Unit]
Description=containerd container runtime
Documentation=https://containerd.io
After=network.target local-fs.target

[Service]
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/bin/containerd

Type=notify
Delegate=yes
KillMode=process
Restart=always
RestartSec=5
# Having non-zero Limit*s causes performance problems due to accounting overhead
# in the kernel. We recommend using cgroups to do container-local accounting.
LimitNPROC=infinity
LimitCORE=infinity
LimitNOFILE=infinity
# Comment TasksMax if your systemd version does not supports it.
# Only systemd 226 and above support this version.
TasksMax=infinity
OOMScoreAdjust=-999

[Install]
WantedBy=multi-user.target
`;

interface Early { readonly description: string; readonly docs: string; readonly exec: string; readonly after?: string; readonly before?: string }

/** A oneshot of the early boot that stays `active (exited)`. */
const early = ({ description, docs, exec, after, before }: Early): string => `#  SPDX-License-Identifier: LGPL-2.1-or-later
#
#  This file is part of systemd.
#
#  systemd is free software; you can redistribute it and/or modify it
#  under the terms of the GNU Lesser General Public License as published by
#  the Free Software Foundation; either version 2.1 of the License, or
#  (at your option) any later version.

[Unit]
Description=${description}
Documentation=${docs}
DefaultDependencies=no
Conflicts=shutdown.target
${after === undefined ? '' : `After=${after}\n`}Before=${before ?? 'sysinit.target'} shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${exec}
`;

const JOURNALD = `[Unit]
Description=Journal Service
Documentation=man:systemd-journald.service(8) man:journald.conf(5)
DefaultDependencies=no
Requires=systemd-journald.socket
After=systemd-journald.socket systemd-journald-dev-log.socket syslog.socket
Before=sysinit.target

[Service]
DeviceAllow=char-* rw
ExecStart=/lib/systemd/systemd-journald
FileDescriptorStoreMax=4224
IPAddressDeny=any
LockPersonality=yes
MemoryDenyWriteExecute=yes
NoNewPrivileges=yes
OOMScoreAdjust=-250
Restart=always
RestartSec=0
RestrictAddressFamilies=AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
Sockets=systemd-journald.socket systemd-journald-dev-log.socket systemd-journald-audit.socket
StandardOutput=null
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
Type=notify

# If there are many split up journal files we need a lot of fds to access them
# all in parallel.
LimitNOFILE=524288
`;
const LOGIND = `[Unit]
Description=User Login Management
Documentation=man:sd-login(3)
Documentation=man:systemd-logind.service(8)
Documentation=man:logind.conf(5)
Documentation=man:org.freedesktop.login1(5)
Wants=user.slice
After=nss-user-lookup.target user.slice
Wants=dbus.socket
After=dbus.socket

[Service]
BusName=org.freedesktop.login1
CapabilityBoundingSet=CAP_SYS_ADMIN CAP_MAC_ADMIN CAP_AUDIT_CONTROL CAP_CHOWN CAP_DAC_READ_SEARCH CAP_DAC_OVERRIDE CAP_FOWNER CAP_SYS_TTY_CONFIG CAP_LINUX_IMMUTABLE
ExecStart=/lib/systemd/systemd-logind
FileDescriptorStoreMax=512
Restart=always
RestartSec=0
Type=notify
LimitNOFILE=524288
`;
const DBUS = `[Unit]
Description=D-Bus System Message Bus
Documentation=man:dbus-daemon(1)
Requires=dbus.socket
# we don't properly stop D-Bus (see ExecStop=), thus disallow restart
RefuseManualStart=yes

[Service]
Type=notify
NotifyAccess=main
ExecStart=/usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation --syslog-only
ExecReload=/usr/bin/dbus-send --print-reply --system --type=method_call --dest=org.freedesktop.DBus / org.freedesktop.DBus.ReloadConfig
ExecStop=/bin/true
KillMode=none
OOMScoreAdjust=-900
`;

const target = (description: string, rest = '', docs = 'man:systemd.special(7)'): string => `[Unit]\nDescription=${description}\nDocumentation=${docs}\n${rest}`;
const socket = (description: string, listen: string, rest = ''): string => `[Unit]\nDescription=${description}\nDefaultDependencies=no\nBefore=sockets.target\n${rest}\n[Socket]\nListenStream=${listen}\n`;

/** Name → text, below /lib/systemd/system. */
export const UNITS: Readonly<Record<string, string>> = {
  'kubelet.service': KUBELET, 'kubelet.service.d/10-kubeadm.conf': KUBEADM_DROPIN, 'containerd.service': CONTAINERD,
  'systemd-journald.service': JOURNALD, 'systemd-logind.service': LOGIND, 'dbus.service': DBUS,
  'systemd-journal-flush.service': early({ description: 'Flush Journal to Persistent Storage', docs: 'man:systemd-journald.service(8) man:journald.conf(5)', exec: 'journalctl --flush', after: 'systemd-journald.service systemd-remount-fs.service', before: 'systemd-tmpfiles-setup.service' }),
  'systemd-modules-load.service': early({ description: 'Load Kernel Modules', docs: 'man:systemd-modules-load.service(8) man:modules-load.d(5)', exec: '/lib/systemd/systemd-modules-load', before: 'sysinit.target systemd-sysctl.service' }),
  'systemd-remount-fs.service': early({ description: 'Remount Root and Kernel File Systems', docs: 'man:systemd-remount-fs.service(8) https://www.freedesktop.org/wiki/Software/systemd/APIFileSystems', exec: '/lib/systemd/systemd-remount-fs', before: 'local-fs-pre.target local-fs.target' }),
  'systemd-sysctl.service': early({ description: 'Apply Kernel Variables', docs: 'man:systemd-sysctl.service(8) man:sysctl.d(5)', exec: '/lib/systemd/systemd-sysctl', after: 'systemd-modules-load.service' }),
  'systemd-sysusers.service': early({ description: 'Create System Users', docs: 'man:sysusers.d(5) man:systemd-sysusers.service(8)', exec: 'systemd-sysusers', after: 'systemd-remount-fs.service' }),
  'systemd-tmpfiles-setup-dev.service': early({ description: 'Create Static Device Nodes in /dev', docs: 'man:tmpfiles.d(5) man:systemd-tmpfiles(8)', exec: 'systemd-tmpfiles --prefix=/dev --create --boot', after: 'systemd-sysusers.service', before: 'sysinit.target local-fs-pre.target' }),
  'systemd-tmpfiles-setup.service': early({ description: 'Create System Files and Directories', docs: 'man:tmpfiles.d(5) man:systemd-tmpfiles(8)', exec: 'systemd-tmpfiles --create --remove --boot --exclude-prefix=/dev', after: 'local-fs.target systemd-sysusers.service systemd-journald.service' }),
  'systemd-update-utmp.service': early({ description: 'Record System Boot/Shutdown in UTMP', docs: 'man:systemd-update-utmp.service(8) man:utmp(5)', exec: '/lib/systemd/systemd-update-utmp reboot', after: 'systemd-remount-fs.service systemd-tmpfiles-setup.service' }),
  'systemd-user-sessions.service': '[Unit]\nDescription=Permit User Sessions\nDocumentation=man:systemd-user-sessions.service(8)\nAfter=remote-fs.target nss-user-lookup.target network.target home.mount\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/lib/systemd/systemd-user-sessions start\nExecStop=/lib/systemd/systemd-user-sessions stop\n',
  'sysinit.target': target('System Initialization', 'Conflicts=emergency.service emergency.target\nWants=local-fs.target swap.target\nAfter=local-fs.target swap.target emergency.service emergency.target\n'),
  'basic.target': target('Basic System', 'Requires=sysinit.target\nWants=sockets.target timers.target paths.target slices.target\nAfter=sysinit.target sockets.target paths.target slices.target tmp.mount\n'),
  'multi-user.target': target('Multi-User System', 'Requires=basic.target\nConflicts=rescue.service rescue.target\nAfter=basic.target rescue.service rescue.target\nAllowIsolate=yes\n'),
  'graphical.target': target('Graphical Interface', 'Requires=multi-user.target\nWants=display-manager.service\nConflicts=rescue.service rescue.target\nAfter=multi-user.target rescue.service rescue.target display-manager.service\nAllowIsolate=yes\n'),
  'local-fs.target': target('Local File Systems', 'DefaultDependencies=no\nConflicts=shutdown.target\nAfter=local-fs-pre.target\n'),
  'local-fs-pre.target': target('Preparation for Local File Systems', 'RefuseManualStart=yes\n'),
  'swap.target': target('Swaps', 'DefaultDependencies=no\n'),
  'sockets.target': target('Socket Units'), 'timers.target': target('Timer Units', 'DefaultDependencies=no\nConflicts=shutdown.target\n'), 'paths.target': target('Path Units', 'DefaultDependencies=no\nConflicts=shutdown.target\n'), 'slices.target': target('Slice Units', 'DefaultDependencies=no\nConflicts=shutdown.target\n'),
  'network.target': target('Network', 'After=network-pre.target\nRefuseManualStart=yes\n', 'man:systemd.special(7) https://www.freedesktop.org/wiki/Software/systemd/NetworkTarget'),
  'network-pre.target': target('Preparation for Network', 'RefuseManualStart=yes\n'),
  'network-online.target': target('Network is Online', 'After=network.target\n', 'man:systemd.special(7) https://www.freedesktop.org/wiki/Software/systemd/NetworkTarget'),
  'remote-fs.target': target('Remote File Systems'), 'nss-user-lookup.target': target('User and Group Name Lookups', 'RefuseManualStart=yes\n'),
  'shutdown.target': target('System Shutdown', 'DefaultDependencies=no\nRefuseManualStart=yes\n'), 'reboot.target': target('System Reboot', 'DefaultDependencies=no\n'), 'poweroff.target': target('System Power Off', 'DefaultDependencies=no\n'),
  'rescue.target': target('Rescue Mode', 'Requires=sysinit.target\n'), 'emergency.target': target('Emergency Mode', 'DefaultDependencies=no\n'),
  'systemd-journald.socket': socket('Journal Socket', '/run/systemd/journal/stdout'), 'systemd-journald-dev-log.socket': socket('Journal Socket (/dev/log)', '/run/systemd/journal/dev-log'),
  'dbus.socket': '[Unit]\nDescription=D-Bus System Message Bus Socket\n\n[Socket]\nListenStream=/run/dbus/system_bus_socket\n',
  'user.slice': '[Unit]\nDescription=User and Session Slice\nDocumentation=man:systemd.special(7)\nBefore=slices.target\n',
};

const SYSINIT = ['systemd-journald.service', 'systemd-journal-flush.service', 'systemd-modules-load.service', 'systemd-sysctl.service', 'systemd-sysusers.service', 'systemd-tmpfiles-setup-dev.service', 'systemd-tmpfiles-setup.service', 'systemd-update-utmp.service'];

/** Path below / → link target. */
export const LINKS: Readonly<Record<string, string>> = {
  'usr/lib/systemd/system/default.target': 'graphical.target',
  ...Object.fromEntries(SYSINIT.map((unit) => [`usr/lib/systemd/system/sysinit.target.wants/${unit}`, `../${unit}`])),
  'usr/lib/systemd/system/local-fs.target.wants/systemd-remount-fs.service': '../systemd-remount-fs.service',
  ...Object.fromEntries(['systemd-journald.socket', 'systemd-journald-dev-log.socket', 'dbus.socket'].map((unit) => [`usr/lib/systemd/system/sockets.target.wants/${unit}`, `../${unit}`])),
  ...Object.fromEntries(['systemd-logind.service', 'systemd-user-sessions.service', 'dbus.service'].map((unit) => [`usr/lib/systemd/system/multi-user.target.wants/${unit}`, `../${unit}`])),
  ...Object.fromEntries(['kubelet.service', 'containerd.service'].map((unit) => [`etc/systemd/system/multi-user.target.wants/${unit}`, `/lib/systemd/system/${unit}`])),
};
