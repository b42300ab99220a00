# What every session of the recordings begins with; run by the real bash and by ours.
printf 'apple 3 red\nbanana 12 yellow\ncherry 7 red\ndate 1 brown\napple 9 green\n' > fruit
printf 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\nubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash\n' > passwd
printf 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n' > numbers
printf 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    app: web\nspec:\n  containers:\n  - name: nginx\n    image: nginx:1.27\n    ports:\n    - containerPort: 80\n' > pod.yaml
sed 's/1.27/1.29/; s/containerPort: 80/containerPort: 8080/' pod.yaml > pod2.yaml
printf 'I0819 00:20:01.123456       1 server.go:42] "Starting" port=10259\nE0819 00:20:02.000001       1 reflector.go:150] failed to list: connection refused\nW0819 00:20:03.500000       1 lease.go:7] slow\nE0819 00:20:09.000001       1 reflector.go:150] failed to list: connection refused\n' > klog
printf 'no newline at the end' > bare
: > empty
mkdir -p tree/a/b tree/c 'tree/with space'
printf 'x\n' > tree/a/one.yaml
printf 'xx\n' > tree/a/b/two.yaml
printf 'xxx\n' > tree/c/three.txt
printf 'y\n' > 'tree/with space/four.yaml'
ln -s ../a/one.yaml tree/c/link
ln -s nowhere tree/c/dangling
chmod 640 tree/a/one.yaml
chmod 755 tree/c/three.txt
touch -d '2025-08-01 10:00:00' tree/a/one.yaml
touch -d '2025-08-10 10:00:00' tree/a/b/two.yaml
