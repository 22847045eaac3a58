"""Files: folders of CSV, Parquet and geometries, Excel workbooks, GeoPackages."""
