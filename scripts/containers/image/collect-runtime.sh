#!/bin/sh
# collect-runtime.sh ROOT APP: puts node, the system libraries that it and APP's native modules need, and the minimum a
# process expects of a system under ROOT. What is not copied is not in the image: no shell, no package manager.
set -eu
root=$1
app=$2

node=$(command -v node)
natives=$(find "$app" -name '*.node' -o -name '*.so' -o -name '*.so.*')
# Lines of ldd: "libm.so.6 => /lib/…/libm.so.6 (0x…)" and the loader, "/lib64/ld-linux-x86-64.so.2 (0x…)".
libraries=$(ldd "$node" $natives | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\/lib.*ld-/ { print $1 }' |
  sort -u | grep -v "^$app/")
# Loaded by the C library when a name is looked up; no program names them.
libraries="$libraries $(ls /lib/*/libnss_dns.so.2 /lib/*/libnss_files.so.2 /lib/*/libresolv.so.2)"

mkdir -p "$root/etc" "$root/tmp" "$root/var/lib/dpkg/status.d"
chmod 1777 "$root/tmp"
cp -L --parents "$node" $libraries "$root"
echo 'node:x:1000:1000::/nonexistent:/sbin/nologin' > "$root/etc/passwd"
echo 'node:x:1000:' > "$root/etc/group"
echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
cp -L /etc/os-release "$root/etc/os-release"

# Which Debian packages the libraries came from, where scanners of images look for it.
for library in $libraries; do
  dpkg-query -S "$library" 2>/dev/null || dpkg-query -S "/usr$library" 2>/dev/null || true
done | sed 's/: .*//; s/,.*//' | sort -u | while read -r package; do
  dpkg-query -s "$package" > "$root/var/lib/dpkg/status.d/${package%%:*}"
done
