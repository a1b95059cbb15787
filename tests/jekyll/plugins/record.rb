# Tells the tests what Jekyll wrote: the source, the address and the file of every item.
require "json"

Jekyll::Hooks.register :site, :post_write do |site|
  items = []
  site.each_site_file do |item|
    items << {
      "source" => item.relative_path.delete_prefix("/"),
      "url"    => item.url,
      "file"   => item.destination(site.dest).delete_prefix("#{site.dest}/"),
    }
  end
  File.write(ENV.fetch("SYNCER_RECORD"), JSON.generate(items))
end
