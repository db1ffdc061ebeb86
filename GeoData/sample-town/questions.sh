# The three questions that Tools/run asks the sample town (نمونه): by coordinate, by parcel, by address.
ask at 59.371838433 36.318029635 --crs EPSG:4326 --on 1405-01-01
ask parcel 1-2-76-9-0-0-0 --on 1405-01-01
ask address "خ شهید بهشتی، ک شهید بهشتی ۲۱، پ 3" --on 1405-01-01
